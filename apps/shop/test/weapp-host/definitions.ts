import type { Definition } from './instance.ts'

/** What the package's files declare: one app, and a page or component for each route. */
export interface Definitions {
  /** `App`, `Page` and `Component` as the files call them. */
  globals: Record<string, unknown>
  app(): Definition
  /** The page or component of a route; its file is run when it is first wanted. */
  of(route: string): Definition
}

export function createDefinitions(load: (file: string) => unknown): Definitions {
  const known = new Map<string, Definition>()
  let loading = ''
  let app: Definition = {}
  const define = (definition: Definition) => void known.set(loading, definition)
  return {
    globals: {
      App: (definition: Definition) => {
        app = definition
      },
      Page: define,
      Component: define,
      Behavior: (definition: Definition) => definition,
      getApp: () => app,
    },
    app: () => app,
    of(route) {
      const found = known.get(route)
      if (found) return found
      loading = route
      load(`${route}.js`)
      const loaded = known.get(route)
      if (!loaded) throw new Error(`${route}.js defines neither a page nor a component`)
      return loaded
    },
  }
}
