import { Swiper, SwiperItem } from '@tarojs/components'
import { useState } from 'react'
import type { CarouselProps } from './carousel-props'
import { Box } from './elements'

/** Pictures side by side, turned by hand only. */
export function Carousel({ label, slides, marks, className = '' }: CarouselProps) {
  const [at, setAt] = useState(0)
  return (
    <Box className={`ll-carousel ${className}`} role="group" label={label}>
      <Swiper className="ll-carousel-track" onChange={(event) => setAt(event.detail.current)}>
        {slides.map((slide) => (
          <SwiperItem key={slide.key}>{slide.content}</SwiperItem>
        ))}
      </Swiper>
      {slides.length > 1 && marks(at, slides.length)}
    </Box>
  )
}
