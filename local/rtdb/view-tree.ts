import type { Node } from './tree/node.ts'
import type { Path } from './tree/path.ts'
import { queryIdentity } from './query/query.ts'
import type { Query } from './query/query.ts'
import { View } from './view.ts'

class Branch {
  readonly children = new Map<string, Branch>()
  readonly views = new Map<string, View>()
}

/** All views of a namespace, found by location. */
export class ViewTree {
  #root = new Branch()

  /** The view of that query, made from `root` if nobody listens to it yet. */
  open(path: Path, query: Query, root: Node): View {
    let branch = this.#root
    for (const name of path) {
      let child = branch.children.get(name)
      if (child === undefined) branch.children.set(name, (child = new Branch()))
      branch = child
    }
    const identity = queryIdentity(query)
    const existing = branch.views.get(identity)
    if (existing !== undefined) return existing
    const view = new View(path, query, root)
    branch.views.set(identity, view)
    return view
  }

  /** Forgets a view without listeners, and the branches that led to it alone. */
  remove(view: View): void {
    const trail = [this.#root]
    for (const name of view.path) {
      const child = trail.at(-1)?.children.get(name)
      if (child === undefined) return
      trail.push(child)
    }
    if (trail.at(-1)?.views.get(view.identity) !== view) return
    trail.at(-1)?.views.delete(view.identity)
    for (let depth = view.path.length; depth > 0; depth -= 1) {
      const branch = trail[depth]
      const name = view.path[depth - 1]
      if (branch === undefined || name === undefined || branch.views.size > 0 || branch.children.size > 0)
        return
      trail[depth - 1]?.children.delete(name)
    }
  }

  /** The views that a write to any of the paths may show in, each with those paths. */
  affected(paths: readonly Path[]): Map<View, Path[]> {
    const found = new Map<View, Path[]>()
    const add = (view: View, path: Path) => {
      const known = found.get(view)
      if (known === undefined) found.set(view, [path])
      else known.push(path)
    }
    for (const path of paths) {
      let branch: Branch | undefined = this.#root
      for (const name of path) {
        for (const view of branch.views.values()) add(view, path)
        branch = branch.children.get(name)
        if (branch === undefined) break
      }
      for (const view of viewsOf(branch)) add(view, path)
    }
    return found
  }

  all(): Iterable<View> {
    return viewsOf(this.#root)
  }
}

function* viewsOf(branch: Branch | undefined): Iterable<View> {
  if (branch === undefined) return
  yield* branch.views.values()
  for (const child of branch.children.values()) yield* viewsOf(child)
}
