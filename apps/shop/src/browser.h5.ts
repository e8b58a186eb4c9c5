import { say } from './services/toast'
import './styles/browser.scss'

const CHUNK_GONE = /chunk .* failed/i
const RELOADED_KEY = 'll.reloaded'
const RELOAD_APART_MS = 30_000

/**
 * A page's code may be gone because a newer shop was released meanwhile: then the new one is loaded, at the page that was
 * asked for. Without a network there is only something to say.
 */
export function watchBrowser(): void {
  addEventListener('unhandledrejection', ({ reason }: PromiseRejectionEvent) => {
    if (!(reason instanceof Error) || !CHUNK_GONE.test(reason.message)) return
    if (!navigator.onLine) return say('没有网络，这一页还打不开')
    const last = Number(sessionStorage.getItem(RELOADED_KEY) ?? 0)
    if (Date.now() - last < RELOAD_APART_MS) return say('这一页暂时打不开，请稍后再试')
    sessionStorage.setItem(RELOADED_KEY, String(Date.now()))
    location.reload()
  })
}
