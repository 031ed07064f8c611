type Ids<Path extends string> = Path extends `${infer First}/${infer Rest}`
  ? Ids<First> & Ids<Rest>
  : Path extends `:${infer Name}?`
    ? { [K in Name]?: string | undefined }
    : Path extends `:${infer Name}`
      ? { [K in Name]: string }
      : unknown

type Values<Path extends string> = Ids<Path> & { readonly [filter: string]: string | undefined }

/** A path without ids that must be there goes without values. */
type Arguments<Path extends string> =
  Record<never, never> extends Ids<Path> ? [values?: Values<Path>] : [values: Values<Path>]

/**
 * The address of a page.
 * @param path the page's path as `routes.tsx` writes it, `/venues/:venueId`
 * @param values what stands for the `:names` in it; all others are filters behind `?`, and empty ones are left out
 */
export const pathTo = <Path extends string>(path: Path, ...[values]: Arguments<Path>): string => {
  const filters = new URLSearchParams()
  const rest: Record<string, string | undefined> = { ...values }
  const filled = path.replace(/\/:(\w+)\??/g, (_, name: string) => {
    const id = rest[name]
    delete rest[name]
    return id === undefined ? '' : `/${encodeURIComponent(id)}`
  })
  for (const [name, value] of Object.entries(rest)) if (value) filters.set(name, value)
  return filters.size === 0 ? filled : `${filled}?${filters}`
}
