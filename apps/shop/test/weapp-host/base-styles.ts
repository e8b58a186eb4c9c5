import { CAPSULE, PHONE } from './wx-device.ts'

/** How WeChat's elements look before any style of the package; they come first, so every class beats them. */
export const BASE_STYLES = `
body { margin: 0; position: relative; }
wx-view, wx-swiper, wx-swiper-item, wx-scroll-view, wx-textarea, wx-form, wx-input { display: block; }
wx-text { display: inline; white-space: pre-line; }
wx-image { display: inline-block; width: 320px; height: 240px; overflow: hidden; }
wx-image > div { width: 100%; height: 100%; background-repeat: no-repeat; }
wx-input { position: relative; height: 1.4em; min-height: 1.4em; overflow: hidden; cursor: text; }
wx-input > input { display: block; width: 100%; height: 100%; min-height: 1.4em; padding: 0; border: 0; background: none; color: inherit; font: inherit; outline: none; }
wx-input > div { position: absolute; inset: 0; display: flex; align-items: center; pointer-events: none; white-space: nowrap; }
wx-textarea { position: relative; width: 300px; height: 150px; white-space: pre-wrap; }
wx-textarea[auto-height] { height: auto; }
wx-swiper { position: relative; height: 150px; overflow: hidden; }
wx-swiper-item { position: absolute; width: 100%; height: 100%; overflow: hidden; }
wx-scroll-view { width: 100%; }
wx-canvas { display: block; position: relative; width: 300px; height: 150px; }
wx-button { display: block; position: relative; margin: 0 auto; padding: 0 14px; border-radius: 5px; background: #f8f8f8; font-size: 18px; line-height: 2.56; text-align: center; }
`

/** The phone's clock and WeChat's capsule over the page, so that a picture shows what they cover. */
export const frame = (clock: 'black' | 'white') => `
<div id="wechat" aria-hidden="true" style="position: absolute; z-index: 99999; inset: 0 0 auto; height: 0; pointer-events: none">
  <div style="position: absolute; top: 14px; left: 28px; font: 600 15px/20px sans-serif; color: ${clock}">10:24</div>
  <div style="position: absolute; box-sizing: border-box; top: ${CAPSULE.top}px; left: ${CAPSULE.left}px; width: ${CAPSULE.width}px; height: ${CAPSULE.height}px; border: 1px solid rgba(0, 0, 0, .12); border-radius: ${CAPSULE.height / 2}px; background: rgba(255, 255, 255, .7); font: 700 15px/30px sans-serif; text-align: center; letter-spacing: 2px">••• | ◉</div>
</div>`

export const VIEWPORT = { width: PHONE.width, height: PHONE.height }
