/** Where the API is; empty in a browser, whose own origin it is. Set by `config/index.ts`. */
declare const API_ORIGIN: string

declare module '*.webp' {
  const address: string
  export default address
}

declare module '*.scss'
