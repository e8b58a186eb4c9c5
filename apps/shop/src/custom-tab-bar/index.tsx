/**
 * WeChat asks for this component as soon as the tab bar is custom. Ours is drawn by each tab page instead
 * (components/tab-bar.tsx): only there does it stand inside the elder class and share the page's cart.
 */
export default function CustomTabBar() {
  return null
}
