/** A name that wants to stand beside its mark. Earlier ones are placed first. */
export interface Wanted { key: string; text: string; x: number; y: number; r: number }
export interface Placed { key: string; text: string; x: number; y: number }
type Box = [left: number, top: number, right: number, bottom: number]

const SIZE = 13
const wide = (text: string) => [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? SIZE : SIZE * 0.56), 0)
const meet = (a: Box, b: Box) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]

/**
 * Places each name right, left, above, below or aslant of its mark where it hits no other name and no mark, else leaves it out.
 * O(wanted x (placed + marks)), so the caller limits both.
 */
export function placeLabels(wanted: Wanted[], marks: { x: number; y: number; r: number }[], width: number, height: number): Placed[] {
  const taken: Box[] = []
  const blocks: Box[] = marks.map(m => [m.x - m.r * 0.85, m.y - m.r * 0.85, m.x + m.r * 0.85, m.y + m.r * 0.85])
  const placed: Placed[] = []
  for (const { key, text, x, y, r } of wanted) {
    const w = wide(text)
    const mid = y + SIZE * 0.35
    const spots: [number, number][] = [
      [x + r + 3, mid], [x - r - 3 - w, mid], [x - w / 2, y - r - 4], [x - w / 2, y + r + SIZE],
      [x + r * 0.7 + 2, y - r * 0.7 - 2], [x + r * 0.7 + 2, y + r * 0.7 + SIZE], [x - r * 0.7 - 2 - w, y - r * 0.7 - 2], [x - r * 0.7 - 2 - w, y + r * 0.7 + SIZE],
    ]
    for (const clear of [true, false]) {
      const free = spots.find(([lx, ly]) => {
        const box: Box = [lx - 1, ly - SIZE, lx + w + 1, ly + 3]
        if (box[0] < 1 || box[2] > width - 1 || box[1] < 1 || box[3] > height - 1) return false
        return !taken.some(other => meet(box, other)) && !(clear && blocks.some(other => meet(box, other)))
      })
      if (!free) continue
      taken.push([free[0] - 1, free[1] - SIZE, free[0] + w + 1, free[1] + 3])
      placed.push({ key, text, x: free[0], y: free[1] })
      break
    }
  }
  return placed
}
