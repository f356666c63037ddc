const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const fields = <T extends object>(of: T) => Object.keys(of) as (keyof T)[]

/** The fields of a form that no longer hold what was read. */
export function changed<T extends object>(read: T, form: T): Partial<T> {
  return Object.fromEntries(fields(form).filter(field => !same(form[field], read[field])).map(field => [field, form[field]])) as Partial<T>
}
/** A form over what somebody else saved after it was read: fields its reader left alone become theirs; of those both changed, the reader's stay, and `theirs` tells the others. */
export function joined<T extends object>(read: T, form: T, now: T): { form: T; theirs: Partial<T> } {
  const mine = changed(read, form)
  const theirs = Object.fromEntries(Object.entries(changed(read, now)).filter(([field, value]) => field in mine && !same(value, form[field as keyof T])))
  return { form: { ...now, ...mine }, theirs: theirs as Partial<T> }
}
