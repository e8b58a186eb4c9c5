import { answering, type Wire, type WxFunction } from './wx-call.ts'

/** The phone that the host plays: 375 × 812, as in the pictures. */
export const PHONE = { width: 375, height: 812, statusBar: 44, safeBottom: 34 }
export const CAPSULE = { top: 48, height: 32, width: 87, left: 281, right: 368, bottom: 80 }

/** What the phone answers when the app asks it for something; throw `WxFailure` to refuse. A test replaces what it needs. */
export type Device = Record<string, (options: Record<string, unknown>) => unknown>

const shopper: Device = {
  login: () => ({ code: 'code-from-wx-login' }),
  checkSession: () => undefined,
  getLocation: () => ({ longitude: 115.86, latitude: 28.68, accuracy: 30 }),
  getNetworkType: () => ({ networkType: 'wifi' }),
  getScreenBrightness: () => ({ value: 0.4 }),
  getSetting: () => ({ authSetting: {} }),
  scanCode: () => ({ result: '6900000000017', scanType: 'EAN_13' }),
  showModal: () => ({ confirm: true, cancel: false }),
  showActionSheet: () => ({ tapIndex: 0 }),
}
const named = (names: string) => names.trim().split(/\s+/)
const SILENT = named(`
  setScreenBrightness setClipboardData makePhoneCall requestPayment openLocation openSetting showToast hideToast
  showLoading hideLoading setNavigationBarTitle setNavigationBarColor pageScrollTo stopPullDownRefresh hideKeyboard
  vibrateShort showShareMenu hideShareMenu setKeepScreenOn requestSubscribeMessage previewImage`)
const LISTENERS = named(`
  onUserCaptureScreen offUserCaptureScreen onNetworkStatusChange offNetworkStatusChange onKeyboardHeightChange
  offKeyboardHeightChange onWindowResize offWindowResize onAppShow onAppHide onMemoryWarning onThemeChange
  onPageNotFound onError`)

const windowInfo = () => ({
  pixelRatio: 2,
  screenWidth: PHONE.width,
  screenHeight: PHONE.height,
  windowWidth: PHONE.width,
  windowHeight: PHONE.height,
  statusBarHeight: PHONE.statusBar,
  screenTop: 0,
  safeArea: {
    top: PHONE.statusBar,
    left: 0,
    right: PHONE.width,
    bottom: PHONE.height - PHONE.safeBottom,
    width: PHONE.width,
    height: PHONE.height - PHONE.safeBottom - PHONE.statusBar,
  },
})
const deviceInfo = () => ({ brand: 'devtools', model: 'iPhone X', system: 'iOS 16.0', platform: 'devtools' })
const appBase = () => ({ SDKVersion: '3.8.0', version: '8.0.50', language: 'zh_CN', theme: 'light' })

/** The functions of `wx` that ask or tell the phone. */
export function deviceFunctions(wire: Wire, device: Device): Record<string, unknown> {
  const answers: Device = {
    ...Object.fromEntries(SILENT.map((name) => [name, () => undefined])),
    ...shopper,
    ...device,
  }
  const asked = Object.entries(answers).map(([name, work]): [string, WxFunction] => [
    name,
    answering(wire, name, work),
  ])
  return {
    ...Object.fromEntries(asked),
    ...Object.fromEntries(LISTENERS.map((name) => [name, () => undefined])),
    getWindowInfo: () => wire.copy(windowInfo()),
    getDeviceInfo: () => wire.copy(deviceInfo()),
    getAppBaseInfo: () => wire.copy(appBase()),
    getSystemInfoSync: () => wire.copy({ ...windowInfo(), ...deviceInfo(), ...appBase() }),
    getMenuButtonBoundingClientRect: () => wire.copy(CAPSULE),
    getAccountInfoSync: () => wire.copy({ miniProgram: { appId: 'touristappid', envVersion: 'develop' } }),
    getLaunchOptionsSync: () => wire.copy({ path: '', query: {}, scene: 1001 }),
    getEnterOptionsSync: () => wire.copy({ path: '', query: {}, scene: 1001 }),
    canIUse: () => true,
    env: { USER_DATA_PATH: 'wxfile://usr' },
  }
}
