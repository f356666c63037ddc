// Element Plus, component by component and with the types of what is used here: its own declarations do not hold under exactOptionalPropertyTypes.
import { ElOption, ElSelect, ElTree } from 'element-plus'
import 'element-plus/es/components/option/style/css'
import 'element-plus/es/components/select/style/css'
import 'element-plus/es/components/tree/style/css'

/** Lists of a select stay beside it, or a dialog's top layer would hide them; fixed, so that no scrolling box cuts them off. */
export const BESIDE = { teleported: false, popperOptions: { strategy: 'fixed' } } as const

type Part<Props, Slots> = new () => { $props: Props; $slots: Slots }
/** A node of the tree as `load` sees it; level 0 is the root above all. */
export interface TreeNode { level: number; data: unknown }
interface TreeProps {
  lazy: boolean; load: (node: TreeNode, done: (rows: object[]) => void) => void; nodeKey: string; props: { isLeaf: string; children: string }; currentNodeKey: string; defaultExpandedKeys: string[]
  highlightCurrent: boolean; expandOnClickNode: boolean; 'aria-label': string; onNodeClick: (data: unknown) => void
}
export const Tree = ElTree as unknown as Part<TreeProps, { default(scope: { data: unknown }): unknown }> & (new () => { setCurrentKey(key: string): void })

interface SelectProps<T> {
  'modelValue': T; 'onUpdate:modelValue'?: (value: T) => void; 'filterable'?: boolean; 'remote'?: boolean; 'remoteShowSuffix'?: boolean; 'remoteMethod'?: (q: string) => void; 'loading'?: boolean; 'clearable'?: boolean
  'placeholder': string; 'aria-label': string; 'noDataText': string; 'valueOnClear'?: string; 'multiple'?: boolean; 'allowCreate'?: boolean; 'defaultFirstOption'?: boolean; 'reserveKeyword'?: boolean; 'teleported': boolean; 'popperOptions': { strategy: 'fixed' }; 'onFocus'?: () => void
}
export const Select = ElSelect as unknown as new <T>() => { $props: SelectProps<T>; $slots: { default(): unknown } }
export const Choice = ElOption as unknown as Part<{ value: string; label: string }, { default(): unknown }>
