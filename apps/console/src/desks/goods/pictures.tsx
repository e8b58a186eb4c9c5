import { useMutation } from '@tanstack/react-query'
import { LoaderCircle, Plus, X } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'

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

const useUpload = (pictures: readonly Picture[], change: (pictures: Picture[]) => void) =>
  useMutation({
    mutationFn: async (files: File[]) => {
      const added = [...pictures]
      for (const file of files.slice(0, most - pictures.length)) {
        const contentType = types.includes(file.type) ? file.type : 'image/jpeg'
        added.push(await api('POST /console/v1/pictures', { bytes: file, contentType }))
        change([...added])
      }
    },
  })

interface PictureItemProps {
  picture: Picture
  at: number
  last: number
  disabled: boolean
  move: (to: number) => void
  remove: () => void
  drag: { start: () => void; drop: () => void }
}

const PictureItem = ({ picture, at, last, disabled, move, remove, drag }: PictureItemProps) => {
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft' && at > 0) move(at - 1)
    if (event.key === 'ArrowRight' && at < last) move(at + 1)
  }
  return (
    <li
      draggable={!disabled}
      onDragStart={drag.start}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drag.drop}
    >
      <button
        type="button"
        className="bare"
        disabled={disabled}
        aria-label={`第 ${at + 1} 张，左右键换顺序`}
        onKeyDown={pressed}
      >
        <img src={picture.s} alt="" width={72} height={72} />
      </button>
      {at === 0 && <em>首图</em>}
      {!disabled && (
        <button type="button" className="picture-drop" aria-label={`去掉第 ${at + 1} 张`} onClick={remove}>
          <X size={12} />
        </button>
      )}
    </li>
  )
}

const AddPicture = ({ busy, add }: { busy: boolean; add: (files: File[]) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <li>
      <button
        type="button"
        className="picture-add"
        disabled={busy}
        aria-label="加图片"
        onClick={() => input.current?.click()}
      >
        {busy ? <LoaderCircle size={20} className="spin" /> : <Plus size={20} />}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={types.join(',')}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])]
          event.target.value = ''
          if (files.length > 0) add(files)
        }}
      />
    </li>
  )
}

/** Pictures in order: drag or use the arrow keys to reorder, upload several at once. */
export const PictureStrip = ({ pictures, change, disabled }: PictureStripProps) => {
  const [dragged, setDragged] = useState<number>()
  const upload = useUpload(pictures, change)
  return (
    <>
      <ul className="pictures">
        {pictures.map((picture, at) => (
          <PictureItem
            key={picture.id}
            picture={picture}
            at={at}
            last={pictures.length - 1}
            disabled={disabled}
            move={(to) => change(moved(pictures, at, to))}
            remove={() => change(pictures.filter((each) => each.id !== picture.id))}
            drag={{
              start: () => setDragged(at),
              drop: () => dragged !== undefined && change(moved(pictures, dragged, at)),
            }}
          />
        ))}
        {!disabled && pictures.length < most && (
          <AddPicture busy={upload.isPending} add={(files) => upload.mutate(files)} />
        )}
      </ul>
      <Refusal error={upload.error} />
    </>
  )
}
