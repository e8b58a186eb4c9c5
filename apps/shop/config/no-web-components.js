/**
 * Stands in for Taro's web components in the browser build. The shop's elements are plain HTML (components/elements.h5.tsx);
 * Taro would register its own at the start, or when its tab bar or picture viewer opens, neither of which is used here.
 * They are 20 KB and more.
 */
const nothing = () => undefined
export const defineCustomElementTaroPullToRefreshCore = nothing
export const defineCustomElementTaroTabbar = nothing
export const defineCustomElementTaroSwiperCore = nothing
export const defineCustomElementTaroSwiperItemCore = nothing
