/** A photo on this phone, before it is sent. */
export interface PickedPhoto {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png' | 'image/webp'
}

const LONGEST_SIDE = 1600
const QUALITY = 0.85

/** A photo of today's phones is 12 megapixels: what the store needs to see is far less, and a poor network carries it. */
async function smaller(file: File): Promise<PickedPhoto> {
  const asIs = async (): Promise<PickedPhoto> => ({
    bytes: new Uint8Array(await file.arrayBuffer()),
    contentType: file.type === 'image/png' || file.type === 'image/webp' ? file.type : 'image/jpeg',
  })
  try {
    const image = await createImageBitmap(file)
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
    if (scale === 1 && file.size < 1_000_000) return await asIs()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
    return blob
      ? { bytes: new Uint8Array(await blob.arrayBuffer()), contentType: 'image/jpeg' }
      : await asIs()
  } catch {
    return asIs() // the server says what is wrong with it
  }
}

/** Photos from the camera or the album; none when the shopper closes it. */
export function pickPhotos(most: number): Promise<PickedPhoto[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/jpeg,image/png,image/webp'
    input.multiple = most > 1
    input.addEventListener('change', () =>
      resolve(
        Promise.all(
          Array.from(input.files ?? [])
            .slice(0, most)
            .map(smaller),
        ),
      ),
    )
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
