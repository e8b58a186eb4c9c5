import Taro from '@tarojs/taro'

/** A photo on this phone, before it is sent. */
export interface PickedPhoto {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png' | 'image/webp'
}

// The server looks at the content; the type only has to be one that it takes.
const typeOf = (path: string): PickedPhoto['contentType'] =>
  /\.png$/i.test(path) ? 'image/png' : /\.webp$/i.test(path) ? 'image/webp' : 'image/jpeg'

const read = (filePath: string): Promise<PickedPhoto> =>
  new Promise((resolve, reject) => {
    Taro.getFileSystemManager().readFile({
      filePath,
      success: ({ data }) =>
        typeof data === 'string'
          ? reject(new Error('the photo came as text'))
          : resolve({ bytes: new Uint8Array(data), contentType: typeOf(filePath) }),
      fail: reject,
    })
  })

// WeChat and Douyin no longer mend chooseImage; Alipay knows nothing else.
async function choose(count: number): Promise<string[]> {
  if (process.env.TARO_ENV === 'alipay')
    return (await Taro.chooseImage({ count, sizeType: ['compressed'] })).tempFilePaths
  const { tempFiles } = await Taro.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] })
  return tempFiles.map(({ tempFilePath }) => tempFilePath)
}

/** Photos from the camera or the album, made smaller by the phone; none when the shopper closes it. */
export async function pickPhotos(most: number): Promise<PickedPhoto[]> {
  let paths: string[]
  try {
    paths = await choose(most)
  } catch {
    return []
  }
  return Promise.all(paths.slice(0, most).map(read))
}
