package xiaxiang.core.door;

import java.util.regex.Pattern;

/// A rule a file or row must keep: its text and the next step, in Chinese and English.
///
/// `{}` in a text stands for the problem's detail; where no text has one, the detail follows in brackets.
public enum Rule {
    // Files.
    MISSING_FILE("缺少这个文件", "is missing", "请新建该文件；`xiaxiang init` 会写出空模板", "create it; `xiaxiang init` writes an empty one"),
    TWO_FILES("同一张表有两个文件", "stands there twice, plain and packed", "只保留其中一个", "keep one of the two"),
    MISNAMED_FILE("不是工作区的文件", "is no file of a workspace", "是否想写 {}？请改名", "maybe you meant {}? Rename it"),
    UNREADABLE("无法读取", "cannot be read", "请检查文件权限和磁盘", "check its permissions and the disk"),
    BROKEN_GZIP("压缩包已损坏", "is not a whole gzip file", "请重新压缩或换成 .csv", "pack it again, or use a plain .csv"),
    FILE_TOO_BIG("解压后超过 {}", "is larger than {} unpacked", "请按地区拆成几个工作区", "split it into several workspaces by region"),
    TOO_MANY_ROWS("超过 {} 行", "has more than {} rows", "请按地区拆成几个工作区", "split it into several workspaces by region"),
    ENCODING("既不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030 from this row on", "请在表格软件中另存为“CSV UTF-8”", "save it as \"CSV UTF-8\" in your spreadsheet"),
    NO_HEADER("没有表头", "has no header row", "第一行写列名：{}", "write the column names in the first row: {}"),
    // The header.
    MISSING_COLUMN("缺少这一列", "is a missing column", "请在表头加上", "add it to the header"),
    UNKNOWN_COLUMN("不认识的列", "is not a column of this file", "是否想写 {}？请改名或删除该列", "maybe you meant {}? Rename or delete the column"),
    DUPLICATE_COLUMN("列名重复", "is a column twice", "只保留一列", "keep one of them"),
    // The shape of a row.
    BROKEN_QUOTES("引号不成对或单元格过长", "has a quote that never closes, or an endless cell", "请检查这一行的双引号", "check the double quotes of this row"),
    ROW_TOO_SHORT("列数少于表头", "has fewer cells than the header", "请补齐分隔符（{}）", "add the missing commas: {}"),
    ROW_TOO_LONG("列数多于表头", "has more cells than the header", "含逗号的内容请加双引号（{}）", "put cells with commas in double quotes: {}"),
    CELL_TOO_LONG("单元格过长", "is too long", "最多 {} 个字符", "at most {} characters"),
    CONTROL_CHARACTER("含有不可见的控制字符", "holds a character nobody can see", "请删除该字符（{}）", "delete the character {}"),
    // A cell.
    REQUIRED("不能为空", "must not be empty", "请填写该列", "fill in this column"),
    NOT_A_WHOLE_NUMBER("不是整数", "is not a whole number", "只写数字，不要千分位、单位或小数", "write digits only: no thousands separator, unit or decimals"),
    NOT_A_NUMBER("不是数", "is not a number", "只写数字和小数点，不要千分位或单位", "write digits and a decimal point: no thousands separator, no unit"),
    OUT_OF_RANGE("超出范围", "is out of range", "应在 {} 之内", "it must be in {}"),
    NOT_A_CHOICE("不是可选值", "is not one of the choices", "请用：{}", "use one of: {}"),
    NOT_A_DATE("不是日期", "is not a date", "请写成 2017-06-30", "write it as 2017-06-30"),
    NOT_A_FLAG("不是是或否", "is neither yes nor no", "请写 true 或 false", "write true or false"),
    NOT_A_MAP("不是“名称:数值”的列表", "is not a list of name:number", "请写成 oppo:12|vivo:9", "write it as oppo:12|vivo:9"),
    REPEATED_ITEM("列表中有重复项", "names an item twice", "{} 只写一次", "write {} once"),
    NOT_A_COLOUR("不是颜色", "is not a colour", "请写成 #1a5fb4", "write it as #1a5fb4"),
    // Tables of anyone's data.
    BLANK_COLUMN("列没有名称", "is a column without a name", "请在表头写上列名（第 {} 列）", "name it in the header: column {}"),
    TABLE_TOO_BIG("所需内存超过可用内存（{}）", "needs more memory than there is: {}", "请设 XIAXIANG_JAVA_OPTIONS=-Xmx8g，或减少行", "set XIAXIANG_JAVA_OPTIONS=-Xmx8g, or keep fewer rows"),
    NOT_CONSTANT("同一单位前后不一致", "differs from another row of its unit", "同一单位只能有一个值（见第 {} 行）", "a unit has one value throughout; see row {}"),
    TREATMENT_ENDS("处理开始后又停止", "ends a treatment that had begun", "本方法假定处理一旦开始就不停止（开始于第 {} 行）；请剔除该单位，或只用停止之前的行", "these methods need treatment to go on once begun (row {}); leave the unit out, or use its rows before the end only"),
    NOT_SORTABLE("时间写法无法排序", "is no period that sorts", "请用数字或 2024-01-31 这样的日期", "write numbers, or dates such as 2024-01-31"),
    PANEL_TOO_BIG("单位数乘以期数过大", "has too many units times periods", "至多 {}；请减少单位或合并时期", "at most {}; use fewer units or longer periods"),
    TOO_MANY_TEXTS("不同的文本超过 {} 种", "holds more than {} different texts", "请用整数编号代替文本", "number them instead"),
    // Specifications of estimates.
    BAD_EXPRESSION("表达式有误（{}）", "cannot be read: {}", "请改正，写法见 docs/choice.md", "correct it; docs/choice.md describes the language"),
    UNKNOWN_NAME("既不是数据的列，也不是参数", "is neither a column of the data nor a parameter", "请更正，或写进 parameters；最接近：{}", "correct it, or add it to parameters; the nearest is {}"),
    NOT_IN_DATA("数据中没有这一列", "is no column of the data", "请更正；最接近：{}", "correct it; the nearest is {}"),
    PARAMETERS_HERE("含有参数，而这里只能用列", "holds a parameter where only columns can stand", "请更正名称；最接近：{}", "correct the name; the nearest is {}"),
    UNUSED_PARAMETER("没有任何效用用到这个参数", "is a parameter that nothing uses", "请删除，或写进效用；同名的列优先于参数", "delete it, or use it in a utility; a column of that name comes before a parameter"),
    MISSING_VALUE("缺失", "is missing", "请补上，或用 filter 去掉这样的行，例如 filter: {}", "fill it in, or leave such rows out, for example filter: {}"),
    NO_UTILITY("可选的备选项没有有限的效用（{}）", "leaves an available alternative without a finite utility: {}", "请补上数值，用 filter 去掉这些行，或用 available 说明它不可选",
            "fill it in, leave such rows out by filter, or say by available that the alternative is not there"),
    NOT_AN_ALTERNATIVE("不是备选项", "is not one of the alternatives", "备选项有：{}", "the alternatives are {}"),
    CHOICE_UNAVAILABLE("选择了不可选的备选项", "was chosen though it is not available", "请改正 available 或选择，或用 filter 去掉这一行（available: {}）",
            "correct available or the choice, or leave the row out by filter; available is {}"),
    NOT_ONE_CHOICE("没有恰好选择一个备选项", "does not have exactly one chosen alternative", "每个情景恰好一行为 1，其余为 0（现有 {} 行）", "one row of each case must be 1, the others 0; there are {}"),
    ALTERNATIVE_TWICE("同一情景中备选项重复", "stands twice in one case", "每个备选项在一个情景中只占一行；情景：{}", "an alternative has one row in a case; the case is {}"),
    NOTHING_LEFT("filter 没有留下任何行", "leaves no row", "请放宽条件：{}", "loosen it: {}"),
    DIFFERS_WITHIN("同一 {} 之内不一致", "differs within one {}", "请使其一致", "make it the same in all of its rows"),
    // Warnings of estimates.
    FILTER_MISSING("有缺失，filter 无法判断的行已去掉", "could not be judged in some rows, which were left out", "共 {} 行", "there are {}"),
    NEVER_AVAILABLE("从不可选", "is never available", "可以删去该备选项（{}）", "it could be left out: {}"),
    NEVER_CHOSEN("从未被选择", "is never chosen", "其常数项没有有限的估计值（{}）", "a constant of its own has no finite estimate: {}"),
    // Between rows and files.
    NO_ROWS("没有数据行", "has no rows", "至少填一行（以 # 开头的行是注释）", "fill in one at least; lines that start with # are comments"),
    DUPLICATE_KEY("重复", "stands there twice", "第 {} 行已有，请合并或改编号", "row {} has it already: merge them or change one"),
    UNKNOWN_DIVISION("没有这个区划代码", "is no division code", "先在 divisions.csv 中加上（最接近：{}）", "add it to divisions.csv first; the nearest is {}"),
    SPLIT_CODE("该代码已拆分为多个", "was split into several", "请改用其中一个：{}", "use one of them: {}"),
    CYCLE("上级或后继绕成一圈", "leads back to itself", "请检查：{}", "check {}"),
    LEVEL_DEPTH("同一层级的深度不一致", "has a level at another depth", "{}；每个层级只能有一个深度", "{}; a level has one depth everywhere"),
    DATES_REVERSED("开始晚于结束", "starts after it ends", "请检查 valid_from 和 valid_to（{}）", "check valid_from and valid_to: {}"),
    NO_DATUM("有坐标但没有坐标系", "has coordinates but no datum", "请用：{}", "use one of: {}"),
    FAR_POINT("坐标离所在区域太远", "lies far from its region", "经纬度是否写反？区域：{}", "are longitude and latitude swapped? The region is {}"),
    OUTSIDE_BOUNDARY("坐标在边界之外", "lies outside its boundary", "检查坐标和坐标系；边界：{}", "check the point and its datum; the boundary is {}"),
    UNKNOWN_BRAND("没有这个品牌", "is no brand", "几个品牌用 | 分开；新品牌先在 brands.csv 中加上（最接近：{}）", "put | between several; add a new one to brands.csv first; the nearest is {}"),
    BRAND_WITHOUT_MODEL("品牌没有机型", "is a brand without a model", "在 models.csv 中至少加一款，或设 rest 为 true", "add one to models.csv, or set rest to true"),
    UNKNOWN_SHOP("没有这个门店", "is no shop", "先在 shops.csv 中加上（最接近：{}）", "add it to shops.csv first; the nearest is {}"),
    UNKNOWN_DISTRIBUTOR("没有这个经销商", "is no distributor", "请选择辖区内已有的经销商", "choose one there is in your territory"),
    WRONG_SHOP("门店与动作不符", "does not fit the action", "upgrade 要自有门店，sign 要非自有门店，open 不写门店", "upgrade needs an own shop, sign one that is not own, open none"),
    NOT_CARRIED("该门店不卖这个品牌", "is no brand this shop carries", "该店经营：{}", "the shop carries {}"),
    NOT_A_PERIOD("不是期间", "is not a period", "请写成 2017、2017Q1 或 2017-03", "write it as 2017, 2017Q1 or 2017-03"),
    OVERLAPS("与同店同品牌的另一行期间重叠", "overlaps another row of the same shop and brand", "每个月只写一次（另一行从 {} 个月）", "a month counts once; the other row covers {} months"),
    NOT_OWN("只有自有门店才有关店费用", "belongs to own shops only", "请清空该列", "empty this column"),
    CHILDREN_DIFFER("下级人口之和不等于本级", "is not the sum of the divisions below", "下级之和为 {}", "their sum is {}"),
    CHILDREN_EXCEED("下级人口之和超过本级", "is less than the sum of the divisions below", "下级之和为 {}", "their sum is {}"),
    SHARES_EXCEED("份额之和超过 100%", "brings the shares of its table and period above 100%", "合计 {}%；请检查重复或口径", "the sum is {}%; look for a brand counted twice"),
    LISTS_DIFFER("与同一张表的其他行不同", "differs from other rows of its table and period", "同一张表每行写同一个数，或都留空（见第 {} 行）", "write the same number in each row of the table, or none; see row {}"),
    LISTS_TOO_FEW("多于该表列出的品牌数", "is more than the brands its table names", "该表只有 {} 个品牌；请补上缺的行，或清空该列", "the table names {}; add the missing rows, or empty this column"),
    // What is uploaded.
    BAD_ZIP("不是完好的压缩文件", "is not a whole zip or xlsx file", "请重新压缩或另存后再上传", "pack or save it anew and upload it again"),
    UNPACKS_TOO_FAR("解压后过大（{}）", "unpacks to too much: {}", "请按地区拆成几次上传", "upload it in parts, by region"),
    TOO_MANY_FILES("文件超过 {} 个", "holds more than {} files", "只放工作区的表", "keep the tables of a workspace only"),
    BAD_NAME("文件名不安全", "has a name that leads out of its folder", "请只用文件名，不要路径", "use plain file names, no paths"),
    TWO_UPLOADS("同一张表上传了两次", "is a table uploaded twice", "只保留一个（另一个：{}）", "keep one of them; the other is {}"),
    FORMULA_CELL("是公式", "is a formula", "请复制后“粘贴为数值”再上传", "copy it, paste it as values, and upload again"),
    SHEET_UNKNOWN("不是工作区的表", "is not a table of a workspace", "工作表请命名为：{}", "name the sheet one of: {}"),
    NOTHING_UPLOADED("没有可用的表", "holds no table", "请上传：{}", "upload some of: {}"),
    NOT_A_SHOP_POINT("不是门店的点", "is not the point of a shop", "应为 Point 且坐标有效：{}", "it must be a Point with valid coordinates: {}"),
    NO_PLACE_NEAR("附近没有辖区内的地点", "has no place of the territory near", "检查坐标；最近的在 {} 之外", "check its coordinates; the nearest place is beyond {}"),
    // Territories.
    OUTSIDE_TERRITORY("不在您的辖区内", "lies outside your territory", "删去这些行，或请辖区包含该地的人导入", "leave such rows out, or ask somebody whose territory holds the place"),
    TAKEN_ELSEWHERE("其他辖区已有这个编号", "is known in another territory already", "请换一个编号，或请该辖区的人修改", "choose another id, or ask somebody of that territory"),
    NOT_YOURS("对所有辖区都有效，您不能修改", "holds for every territory and is not yours to change", "请不要上传这张表，或请管理员导入", "leave this table out, or ask an administrator"),
    BAD_GEOJSON("不是有效的 GeoJSON", "is not valid GeoJSON", "应为 FeatureCollection：{}", "it must be a FeatureCollection: {}"),
    NOT_A_POLYGON("不是面", "is not a polygon", "应为 Polygon 或 MultiPolygon：{}", "it must be a Polygon or MultiPolygon: {}"),
    BAD_RING("环无效", "has a broken ring", "环至少 4 点、首尾相同、坐标在范围内：{}", "a ring has 4 points at least, ends where it starts, and its coordinates are degrees: {}"),
    TOO_MANY_VERTICES("顶点超过 {} 个", "has more than {} vertices", "请先简化边界", "simplify the boundaries first"),
    // Files of words: test problems of the literature.
    NO_SUCH_FILE("没有这个文件", "is no file", "请检查路径", "check the path"),
    TEXT_TOO_BIG("超过 {}", "is larger than {}", "请换小一些的问题", "try a smaller problem"),
    NOT_TEXT("从这一行起不是 UTF-8 文本", "is not UTF-8 text from this row on", "请解压，或另存为 UTF-8 文本", "unpack it, or save it as UTF-8 text"),
    TOO_FEW_NUMBERS("数值太少", "has too few numbers", "请补齐，或改正开头的个数（{}）", "add the missing ones or correct the counts at the top: {}"),
    TOO_MANY_NUMBERS("数值太多", "has too many numbers", "请删去多余的，或改正开头的个数（{}）", "delete the rest or correct the counts at the top: {}"),
    PROBLEM_TOO_BIG("问题太大", "states too big a problem", "请减少点位或半径（{}）", "use fewer points or a smaller radius: {}"),
    MISSING_PART("缺少这一行或这一节", "is missing", "请补上，例如 {}", "add it, such as {}"),
    UNKNOWN_PART("不认识的行或节", "is no header and no section of this format", "可用：{}", "use one of: {}"),
    MISSING_NODE("缺少节点 {}", "lacks the node {}", "请补上这一行", "add its row"),
    MISSING_FITTED("文件夹中没有", "is missing in the folder of coefficients", "先运行 `xiaxiang demand fit 工作区 --out 文件夹`", "run `xiaxiang demand fit WORKSPACE --out DIR` first"),
    NOT_A_COVARIANCE("不是协方差矩阵", "holds no covariance", "应半正定；请用 `xiaxiang demand fit` 重新写出", "it must be positive semi-definite; write it anew with `xiaxiang demand fit`"),
    // scenario.yaml.
    BROKEN_YAML("不是有效的 YAML（{}）", "is not valid YAML ({})", "请检查这一行的缩进、冒号和引号", "check indentation, colons and quotes of this line"),
    NOT_A_MAPPING("应为“键: 值”的一组", "must be a group of keys with values", "请按文档中的例子书写", "write it as the example in the documentation"),
    NOT_ONE_VALUE("应为单个值", "must be one value", "请写成 键: 值", "write it as key: value"),
    NOT_A_LIST("应为列表", "must be a list", "请写成 [甲, 乙]", "write it as [a, b]"),
    UNKNOWN_KEY("不认识的键", "is not a key of this file", "请改名或删除；可用的键：{}", "rename or delete it; the keys are: {}"),
    NOT_FOUND("在 {} 中找不到", "is not found in {}", "请更正，或在那里补上", "correct it, or add it there"),
    REPEATED("重复", "stands there twice", "{} 也是这个，改一个", "{} is the same: change one of them"),
    CONTRADICTION("与 {} 矛盾", "contradicts {}", "只保留其中一个", "keep one of the two"),
    SEVERAL_MEASURES("有几种口径", "holds several measures", "请在 public_shares 中用 measure 指明一种：{}", "name one of them as measure in public_shares: {}"),
    BRAND_WITHOUT_SHARE("缺少品牌 {} 的份额", "has no share of the brand {}", "请在 market.csv 补上，或从 brands.csv 删去该品牌", "add it to market.csv, or take the brand out of brands.csv");

    /// The detail where no known name is near the one written.
    static final String NONE_NEAR = "-";
    private static final Pattern NEAREST = Pattern.compile("（最接近：\\{}）|；最接近：\\{}|; the nearest is \\{}");

    /// The rule in Chinese and in English.
    public final String zh;
    public final String en;
    /// What to do next, in Chinese and in English.
    public final String nextZh;
    public final String nextEn;

    Rule(String zh, String en, String nextZh, String nextEn) {
        this.zh = zh;
        this.en = en;
        this.nextZh = nextZh;
        this.nextEn = nextEn;
    }

    /// What to do next, with the detail in its place; without the nearest name where there is none.
    public String next(boolean chinese, String detail) {
        String next = chinese ? nextZh : nextEn;
        return detail.equals(NONE_NEAR) ? NEAREST.matcher(next).replaceAll("") : next.replace("{}", detail);
    }
}
