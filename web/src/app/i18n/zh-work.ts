/** The Chinese words of the pages where work is done. */
export const zhWork = {
  copy: '复制', copied: '已复制', comma: '、',
  unit: { yuan: '元', yuanYear: '元/年', yuanUnit: '元/台', unitsYear: '台/年' },
  point: { lon: '经度（WGS-84）', lat: '纬度（WGS-84）' },
  owner: { own: '自有', partner: '合作', rival: '竞争' },
  measure: { shipment: '出货', 'sell-in': '进货', 'sell-out': '实销', activation: '激活' },
  table: {
    divisions: '行政区划', people: '人口', shops: '门店', sites: '候选点', brands: '品牌', models: '机型', market: '公开份额', channels: '渠道数据', visits: '走访', answers: '消费者访谈', sellout: '实销', boundaries: '边界',
    division: '行政区划', place: '行政区划', places: '行政区划', shop: '门店', site: '候选点', brand: '品牌', model: '机型', channel: '渠道数据', visit: '走访', answer: '消费者访谈', sell_out: '实销', boundary: '边界',
  },
  op: { insert: '新增', update: '修改', delete: '删除', merge: '合并', close: '关店', restore: '恢复', import: '导入', approve: '批准', sign_in: '登录', sign_in_refused: '登录被拒' },
  audited: {
    session: '登录', shop: '门店', place: '行政区划', site: '候选点', people: '人口', boundary: '边界', import: '导入', shop_merge: '门店合并', brand: '品牌', model: '机型', market_fact: '公开份额', channel_fact: '渠道数据', visit: '走访', answer: '消费者访谈', sell_out: '实销',
    licence: '来源许可', scenario: '规划情景', plan: '方案', fit: '拟合', person: '人员', invitation: '邀请', credential: '密码与两步验证', identity: '统一身份', token: '程序令牌', distributor: '经销商',
  },
  column: {
    id: '编号', code: '代码', name: '名称', name_en: '英文名', place: '所在地区', division: '所在地区', parent: '上级地区', level: '层级', tier: '城市层级', urban_rural: '城乡分类', persons: '人口', income_index: '收入指数', lon: '经度', lat: '纬度', point_kind: '坐标性质', valid_from: '启用', valid_to: '停用', successors: '后继', owner: '归属', format: '业态', brand: '品牌', brands: '在售品牌',
    units_month: '月销量', dealer_margin_fen: '单台毛利', promoters: '导购人数', sign: '门头', closing_fen: '关店费用', running_fen_year: '每年费用', break_even_units_year: '保本销量', distributor: '经销商', seed: '种子', closed_at: '关店时间', merged_into: '并入', source: '来源', kind: '性质', action: '动作', models_carried: '上架机型数', fit_out_fen: '一次性投入', deleted_at: '删除时间',
    state: '状态', approved_by: '批准人', approved_at: '批准时间', approval_note: '批准说明', scenario: '规划情景', created_at: '建立时间', applied_at: '写入时间', used_since: '启用时间', used_until: '停用时间', login: '用户名', email: '电子邮箱', role: '角色', territory: '辖区类型', language: '语言', disabled_at: '停用时间', expires_at: '有效期至', person: '人员', shop: '门店', into_shop: '并入的门店', at: '时间', undone_at: '撤销时间', undone_by: '撤销人',
    licence: '许可', part: '来源', password_hash: '密码', totp_secret: '两步验证', hash: '链接', rights: '权限',
  },
  refusal: { title: '原因', unknown: '没有这个用户名', password: '密码不对', code: '动态验证码不对', disabled: '账号已停用' },
  history: { title: '历史', of: '{what} 的历史', none: '还没有改动过。' },
  map: {
    label: '{place}地图：地区和门店', layers: '图层', paint: '门店颜色', layer: { people: '人口', shops: '门店', bounds: '边界', names: '地名' }, paints: { brand: '品牌', coverage: '自有与竞争', kind: '数据性质' },
    hollow: '空心：未经实测', cells: '缩小时门店并成圈，圈里是家数；放大到逐家显示时按“{paint}”着色', share: { none: '没有我方门店', many: '四成以上是我方' }, zoomIn: '放大', zoomOut: '缩小', ctrl: '按住 Ctrl 再滚轮缩放', twoFingers: '用两根手指移动地图',
    blind: '这个浏览器画不出地图（缺 WebGL）。左边的地区树和门店列表照常可用。', failed: '有些地图数据没能读到；移动地图会再试。',
  },
  atlas: { empty: '您的辖区里还没有地区。', emptyNext: '导入地区和门店', places: '地区', path: '上级地区' },
  place: {
    code: '代码', persons: '常住人口', shops: '门店', ours: '我方 {n}', point: '坐标', urbanRural: '城乡分类', validTo: '停用', people: '各年人口与收入', year: '年份', income: '收入指数', peopleSource: '人口来源', sources: '这些数字从哪里来', edit: '修改地区',
    name: '名称', nameEn: '英文名', sourceHint: '这个改动依据什么：网页、文件，或谁在哪天看到的。',
  },
  urbanClass: { 111: '主城区', 112: '城乡结合区', 121: '镇中心区', 122: '镇乡结合区', 123: '特殊区域', 210: '乡中心区', 220: '村庄' },
  shop: {
    shop: '门店', shops: '门店', add: '新增门店', search: '按店名或编号找', owner: '归属', brand: '品牌', brands: '在售品牌', format: '业态', division: '所在地区', none: '没有符合条件的门店。', sells: '卖什么', unitsMonth: '月销量（台）', margin: '单台毛利',
    promoters: '导购人数', sign: '有门头', running: '每年费用', breakEven: '保本销量', shut: '关店', closed: '已关店', isClosed: '已关店', restore: '恢复营业', restored: '已恢复', added: '门店已新增',
    theirs: '别人刚改为：{value}。保存后以您填的为准。', syntheticEdit: '这家店是合成的。改动后按“位置示意”保存；如果亲眼核实过，请把性质改为“实测”并写明来源。', kindHint: '亲眼核实过选“实测”，否则选“位置示意”。',
  },
  export: {
    title: '导出', short: '导出', lead: '本地区及下级的全部数据，列与导入格式完全相同。', workspace: '整个工作区', plan: '导出方案', sites: '网点表', proof: { problem: '求解的问题', certificate: '最优性证书', snapshot: '所用数据的快照' },
  },
  import: {
    title: '导入', lead: '先试运行：看清新增、改动和问题，再写入。', file: '文件', files: '文件', row: '行', column: '列', value: '值', rule: '问题', next: '下一步', blank: '（空）', problems: '共 {k} 个问题', firstOnes: '这里列出前 {n} 个。', problemsTable: '问题清单',
    earlier: '以前的导入', none: '还没有导入过。把文件拖到上面开始。', new: '新增', changed: '改动', same: '相同', problemCount: '问题', drop: '把文件拖到这里，或点击选择', kinds: 'CSV、CSV.GZ、XLSX、GeoJSON，或装着它们的一个 ZIP', leaveOut: '移除',
    format: '格式', formats: { workspace: '工作区表格', shops_geojson: '门店 GeoJSON', shops_osm: 'OSM 门店摘录', national: '全国行政区划与人口' },
    formatHint: { workspace: '文件名即表名：shops.csv、people.xlsx……只传其中几张也行。', shops_geojson: '每个点是一家门店，属性用门店表的列名。', shops_osm: '带 shop=mobile_phone 等标签的点。', national: '由服务器所在机器上的全国图谱导入，不用上传文件；只有管全部地区的人可以。' },
    region: '地区代码', regionHint: '留空为全国；41 为河南。', brand: '品牌', brandHint: '填品牌编号才合成门店。', seed: '种子', dryRun: '试运行', dryRunHint: '只检查，不写入', sending: '正在上传…', one: '导入 #{id}', apply: '写入 {k} 行', mend: '改好后重新上传', look: '到图谱查看', table: '表', counts: '将会怎样', changes: '改动明细', firstChanges: '前 {n} 项', key: '编号', old: '原值', now: '新值', bytes: '字节',
    says: { judging: '正在检查文件。', refused: '文件有问题，什么也没写入。请按下面的清单改好再上传。', ready: '检查通过，还没有写入。看过改动后再写入。', applying: '正在写入。', applied: '已全部写入。每一处都可在审计记录里查到。', failed: '导入中断，什么也没写入。请再试一次。' },
  },
  importState: { judging: '检查中', refused: '有问题', ready: '待写入', applying: '写入中', applied: '已写入', failed: '失败' },
  twins: {
    title: '疑似重复的门店', lead: '距离近、名字像的两家店。看过再合并；合并可以撤销，历史都保留。', none: '没有疑似重复的门店。', pair: '第 {n} 对，共 {of} 对', pairs: '{n} 对', why: '相距 {meters} 米，名字相似 {similar}', keep: '保留这一家', later: '以后再说', onMap: '在地图上看', merged: '已合并', clashNext: '可以先改正其中一家，或者以保留的一家为准。', giveUp: '以 {id} 为准合并',
  },
  twinReason: { near: '距离近', name: '名字像', near_and_name: '又近又像', same_name: '同名', similar_name: '名字像', same_spot: '同一位置' },
  job: { plan: '方案 #{id}', of: '{done}/{total}', progress: '进度', cancel: '取消', lost: '与服务器的连接断了，正在重试…' },
  jobState: { waiting: '排队中', running: '进行中', done: '已完成', failed: '失败', cancelled: '已取消' },
  stage: { read: '读取数据', unpack: '解包', judge: '检查文件', places: '推算地区', snapshot: '取数据快照', facts: '整理数据', synthesize: '合成门店', demand: '推算需求', fit: '拟合', swap: '逐个换点改进', bound: '收紧上界', tree: '分枝求证', solve: '求解', draws: '换假设重算', verify: '核对证书', write: '写出结果', keep: '保存结果', known: '取现有数据', copy: '装入', compare: '比对改动', change: '写入改动', count: '清点', demand_fit: '拟合' },

  demand: { lead: '人们怎样选手机：每个系数的数值、误差和出处。', inUse: '现用系数', assumed: '有出处的假设，未经拟合', term: '系数', value: '数值', error: '标准误', unit: '单位', notFitted: '未拟合，沿用假设', assumption: '假设' },
  fit: {
    title: '需求拟合', fit: '拟合', run: '拟合', lead: '用该地区的访谈和实销数据拟合系数；数据不足的系数沿用假设。', start: '开始拟合', invented: '没有数据时', inventedOn: '用种子合成访谈来试', inventedHint: '结果一律标为合成，只用来试流程。', earlier: '以前的拟合', none: '还没有拟合过。先导入 answers.csv 或 sellout.csv，再在上面开始。', one: '拟合 #{id}', inUse: '现用', use: '启用这次拟合', used: '已启用，之后的方案用它',
    failed: '拟合没有成功', failedNext: '看清原因，补齐 answers.csv 或 sellout.csv 后再试。', errorKind: '稳健（三明治），按乡镇聚类', terms: '系数', diagnostics: '诊断', holdOut: '留出样本检验', noHoldOut: '没有留出样本。访谈多一些才能检验。', holdOutLead: '留出 {n} 份访谈没有参与拟合，看谁预测得准：对数似然越大越好，份额误差越小越好。',
    model: '模型', likelihood: '每份访谈的对数似然', points: '份额误差（百分点）', side: { fitted: '本次拟合', believed: '原来的假设', huff: '哈夫模型' },
  },
  diagnostic: { townships: '乡镇个数', converged: '已收敛', gradientNorm: '梯度范数', answers: '访谈份数', answersBeyondReach: '超出可达范围的访谈', totals: '销量合计个数', dispersion: '离散度', logLikelihoodOfAnswers: '访谈的对数似然', error: '误差种类' },

  rollout: { lead: '给出地区、预算和批次，算出在哪里铺点、净增多少、离最优多远。', plans: '方案', scenarios: '规划情景' },
  scenario: {
    title: '规划情景', new: '新建情景', name: '名称', what: '规划什么', brand: '品牌', shares: '按哪张公开表', sharesHint: '模型在这一期与公开份额一致。', sharesLack: '缺 {n} 个品牌', sharesPlace: '公开表的地区', sharesTable: '公开表', sharesPeriod: '时期', money: '钱与批次',
    budget: '一次性预算', budgetHint: '装修、升级、关店', running: '每年运营上限', runningHint: '选中的点位与可关闭的自有门店', waves: '批次', wavesHint: '每批一个季度；没花完的留给下一批', waveLabel: '第 {n} 批的名称', waveBudget: '第 {n} 批的预算（元）', waveDrop: '去掉第 {n} 批', waveAdd: '加一批', spread: '平均分配',
    over: '各批合计超出预算 {by}', left: '还剩 {left} 未分到批次', assume: '假设与限制', draws: '重抽次数', drawsHint: '换多少组假设重算，得出区间；0 表示不算区间。', seed: '合成门店', seedOn: '用种子合成门店', seedHint: '门店位置不公开时使用；合成的一律画成空心。',
    require: '必须入选', requireHint: '候选点或自有门店', forbid: '不得入选', forbidHint: '与“必须入选”不能重复', sitesEmpty: '不限', sitesNone: '没有候选点；可直接输入编号', do: '操作', run: '计算', copy: '复制', drop: '删除', dropped: '情景已删除', none: '还没有情景。', locks: '锁定', lockCount: '必选 {require} · 禁选 {forbid}',
    saveAndRun: '保存并计算', itsPlans: '由此算出的方案', recovered: '已找回上次没保存的内容。', forget: '不要了，恢复原样', dropTitle: '删除“{name}”？', dropLead: '由它算出的方案有 {k} 个已批准。方案都会保留，但不能再按这个情景改动重算。删除后可以恢复。', gone: '情景已删除', restore: '恢复情景', restored: '情景已恢复', lacks: '还不能保存：{what}',
    lack: { name: '没有填名称', long: '名称最多 {most} 个字符，现在 {n} 个', place: '没有选地区', brand: '没有选品牌', shares: '没有选公开表', budget: '预算须是 0 到 {most} 之间的数', running: '运营上限须是 0 到 {most} 之间的数', waveName: '第 {n} 批没有名称', waveTwice: '第 {n} 批与第 {m} 批同名', waveBudget: '第 {n} 批的预算须是 0 到 {most} 之间的数', draws: '重抽次数须是 0 到 1000 的整数', seed: '种子须是 0 到 2147483647 的整数' },
  },
  planState: { planning: '计算中', draft: '草案', approved: '已批准', infeasible: '无可行方案', failed: '失败' },
  plan: {
    title: '方案', name: '方案', none: '还没有方案。', lower: '已保证（下界）', lowerSays: '目前最好的方案净增这么多', upper: '最多可能（上界）', upperSays: '任何方案都超不过', gap: '差距', gapSays: '离最优最多还差这么多', seconds: '秒', boundsChart: '上下界随时间靠近', waiting: '正在准备数据，求解开始后这里显示上下界。',
    stop: '停下，用目前最好的', infeasible: '没有满足全部条件的方案', infeasibleWhy: '预算、运营上限和锁定的点位互相冲突。', failed: '没有算成', failedWhy: '计算中断了，情景还在。', changeScenario: '修改情景', clickWhy: '点网点名看为什么', clickLock: '点网点名看为什么、锁定或禁止',
    verify: '核对证书', verifying: '正在核对…', proven: '证书成立：任何方案的净增最多再高 {gap}。', unproven: '证书不成立（差距 {gap}）。请勿使用本方案，并告知管理员。', report: '打印报告', approve: '批准', approveTitle: '批准“{name}”', approveLead: '批准后方案冻结，谁、何时、为何都会记录。', note: '说明（可不填）', approvedNow: '方案已批准并冻结', frozen: '{by} 于 {at} 批准，内容已冻结。', stopped: '提前停下', stoppedSays: '计算没有走完就停下了：这是到那时为止最好的方案，区间所用的重抽次数可能不足。',
  },
  lock: {
    next: '下一版方案：', require: '锁定入选', forbid: '禁止入选', is: { require: '已锁定', forbid: '已禁止' }, will: { require: '锁定：{name}', forbid: '禁止：{name}', free: '放开：{name}' }, count: '{k} 处改动待重算', none: '想改这个方案？点开网点锁定或禁止，或添加一个点位，再重算。', add: '添加点位', clear: '全部撤销', replan: '按改动重算',
  },
  site: { models: '上架机型数', fitOut: '一次性投入', margin: '店主单台毛利', source: '规划员添加', lead: '点位按“位置示意”加入候选，并锁定进下一版方案。', added: '点位已加入' },
  compare: { in: '在哪个方案', title: '比较两个方案', short: '比较', pick: '选“{name}”来比较', go: '比较选中的两个', hint: '勾选两个方案即可比较', before: '与上一版比较', swap: '互换 A 和 B', answers: '答案', what: '指标', difference: 'B 比 A', points: '{n} 个百分点', onlyA: '只有 A 有', onlyB: '只有 B 有', both: '两个都有', none: '没有', unchosen: '还没有选方案。请在方案列表里勾选两个，再按“比较选中的两个”。', toPlans: '去方案列表' },

  share: { lead: '分层级、渠道、品牌看份额，公开排名，以及实销与计划的对照。', none: '这个地区还没有方案，所以没有份额推算。先做一个方案。', fromPlan: '来自方案 #{id}', actual: '实销与计划', noActual: '还没有实销数据。导入 sellout.csv 后，这里按期对照计划。', noActualNext: '导入实销', period: '期间', planned: '计划', sold: '实销', interval: '区间', intervalNote: '区间不是为每一期单独算的：它是方案全年区间按这一期的计划量同比例折算的，只表示大致的上下。' },

  admin: { people: '人员', roles: '角色与权限', audit: '审计记录', sources: '数据来源' },
  person: {
    name: '姓名', role: '角色', territory: '辖区', email: '电子邮箱（可不填）', lead: '每人一个角色、一个辖区。邀请链接只显示一次，请当面或用可信的方式交给本人。', invite: '邀请', makeLink: '生成邀请链接', newLink: '新链接', linkSays: '邀请链接，只显示这一次：', linkFor: '交给 {name}（用户名 {login}），{at} 前有效', active: '在用', disabled: '已停用', invited: '待接受', expired: '邀请已过期', absent: '没有邀请', linkUntil: '链接到 {at}', withdraw: '收回链接', withdrawn: '链接已收回', disable: '停用', enable: '启用', disabledNow: '已停用', enabledNow: '已启用',
    may: '这个角色可以：', shopId: '门店编号', newDistributor: '新增经销商', distributorId: '经销商编号',
  },
  roles: { lead: '权限随角色，范围随辖区。', right: '权限' },
  audit: { lead: '每一处改动和每一次登录：谁、何时、从哪里、原值和新值。', who: '谁', what: '做了什么', row: '记录', table: '表', values: '原值 → 新值', origin: '从哪里', from: '从哪天起', none: '没有符合条件的记录。' },
  sources: { lead: '每个数字的出处、性质和许可。', rows: '行数', licence: '许可', none: '还没有数据。先导入。', noLicence: '未登记', edit: '登记“{source}”的许可', partHint: '凡来源含有这段文字的都适用；可以缩短到几个来源共有的部分。', licenceHint: '如 CC BY 4.0；留空则删去登记。' },
  account: { title: '我的账户', language: '语言', version: '版本 {version}' },
  totp: { title: '两步验证', on: '已开启：登录时要输入动态验证码。', off: '未开启。开启后，光知道密码也登录不了。', begin: '开启', scan: '用身份验证器应用扫描，再输入显示的六位数字。', picture: '两步验证二维码', byHand: '或手工输入：', confirm: '确认开启', end: '关闭两步验证', onNow: '两步验证已开启', offNow: '两步验证已关闭' },
  tokens: { title: '程序令牌', name: '用途', rights: '权限', ends: '到期', none: '没有令牌。', new: '新建令牌', days: '有效天数', make: '生成', drop: '作废', dropped: '已作废', once: '令牌只显示这一次：' },
}
