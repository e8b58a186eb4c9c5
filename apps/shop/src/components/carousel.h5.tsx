import { useState, type UIEvent } from 'react'
import type { CarouselProps } from './carousel-props'

/** Pictures side by side by CSS scroll snapping: Taro's Swiper would cost a browser 50 KB. Turned by hand only. */
export function Carousel({ label, slides, marks, className = '' }: CarouselProps) {
  const [at, setAt] = useState(0)
  const follow = ({ currentTarget }: UIEvent<HTMLElement>) =>
    setAt(Math.round(currentTarget.scrollLeft / Math.max(1, currentTarget.clientWidth)))
  return (
    <section className={`ll-carousel ${className}`} aria-label={label}>
      {/* A scrolling region must be reachable by keyboard. */}
      <div
        className="ll-carousel-track"
        onScroll={follow}
        tabIndex={slides.length > 1 ? 0 : undefined}
        role="group"
        aria-label={label}
      >
        {slides.map((slide) => (
          <div key={slide.key} className="ll-carousel-slide">
            {slide.content}
          </div>
        ))}
      </div>
      {slides.length > 1 && marks(at, slides.length)}
    </section>
  )
}
