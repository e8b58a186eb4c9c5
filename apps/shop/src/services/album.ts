import Taro from '@tarojs/taro'
import { say } from './toast'

/** Where a message to friends leads: a mini-program has no address to copy. */
export const linkOf = (_path: string): string | null => null

const isDenied = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'errMsg' in error &&
  /auth|deny|denied/.test(String(error.errMsg))

/** Puts a picture into the album of this phone and says so. */
export async function savePicture(address: string, _name: string): Promise<void> {
  try {
    const { tempFilePath, statusCode } = await Taro.downloadFile({ url: address })
    if (statusCode !== 200) return say('海报没有取回来，请再试一次')
    await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath })
    say('海报存进相册了')
  } catch (error) {
    if (!isDenied(error)) return say('海报没有存成，请再试一次')
    say('没有相册的权限，请在设置里允许')
    await Taro.openSetting().catch(() => undefined)
  }
}
