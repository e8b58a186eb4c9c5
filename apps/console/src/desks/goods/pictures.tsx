import { useMutation } from '@tanstack/react-query'
import { LoaderCircle, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'

import { api } from '../../api.ts'
import { Refusal } from '../../ui/states.tsx'
import type { Picture } from './form.ts'

const most = 9
const types = ['image/jpeg', 'image/png', 'image/webp']

/** Moves one entry of a list to another place. */
const moved = <Item,>(list: readonly Item[], from: number, to: number): Item[] => {
  const rest = list.filter((_, index) => index !== from)
  const item = list[from]
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)]
}

interface PictureStripProps {
  pictures: readonly Picture[]
  change: (pictures: Picture[]) => void
  disabled: boolean
}

/** Pictures in order: drag or use the arrow keys to reorder, upload several at once. */
export const PictureStrip = ({ pictures, change, disabled }: PictureStripProps) => {
  const input = useRef<HTMLInputElement>(null)
  const [dragged, setDragged] = useState<number>()
  const upload = useMutation({
    mutationFn: async (files: File[]) => {
      const added = [...pictures]
      for (const file of files.slice(0, most - pictures.length)) {
        const contentType = types.includes(file.type) ? file.type : 'image/jpeg'
        added.push(await api('POST /console/v1/pictures', { bytes: file, contentType }))
        change([...added])
      }
    },
  })
  return (
    <>
      <ul className="pictures">
        {pictures.map((picture, index) => (
          <li
            key={picture.id}
            draggable={!disabled}
            onDragStart={() => setDragged(index)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => dragged !== undefined && change(moved(pictures, dragged, index))}
          >
            <button
              type="button"
              className="bare"
              disabled={disabled}
              aria-label={`第 ${index + 1} 张，左右键换顺序`}
              onKeyDown={(event) => {
                if (event.key === 'ArrowLeft' && index > 0) change(moved(pictures, index, index - 1))
                if (event.key === 'ArrowRight')
                  change(moved(pictures, index, Math.min(index + 1, pictures.length - 1)))
              }}
            >
              <img src={picture.s} alt="" width={72} height={72} />
            </button>
            {index === 0 && <em>首图</em>}
            {!disabled && (
              <button
                type="button"
                className="picture-drop"
                aria-label={`去掉第 ${index + 1} 张`}
                onClick={() => change(pictures.filter((each) => each.id !== picture.id))}
              >
                <X size={12} />
              </button>
            )}
          </li>
        ))}
        {!disabled && pictures.length < most && (
          <li>
            <button
              type="button"
              className="picture-add"
              disabled={upload.isPending}
              aria-label="加图片"
              onClick={() => input.current?.click()}
            >
              {upload.isPending ? <LoaderCircle size={20} className="spin" /> : <Plus size={20} />}
            </button>
          </li>
        )}
      </ul>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={types.join(',')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) upload.mutate(files)
        }}
      />
      <Refusal error={upload.error} />
    </>
  )
}
