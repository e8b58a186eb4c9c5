import { Package } from 'lucide-react'
import { useState } from 'react'

/** A product's picture on its tinted ground. A missing or broken one becomes a quiet parcel, never a broken image. */
export const Thumb = ({
  src,
  size = 40,
  name = '',
}: {
  src: string | null | undefined
  size?: number
  name?: string
}) => {
  const [broken, setBroken] = useState<string>()
  const shown = src && src !== broken ? src : undefined
  return (
    <span className="thumb" style={{ width: size, height: size }}>
      {shown ? (
        <img
          src={shown}
          alt={name}
          width={size}
          height={size}
          loading="lazy"
          onError={() => setBroken(shown)}
        />
      ) : (
        <Package size={Math.round(size * 0.45)} aria-hidden="true" />
      )}
    </span>
  )
}
