/** Attributes that Taro's stock templates drop and that a screen reader needs; `''` leaves them out until a page sets them. */
const spoken = {
  'aria-role': '',
  'aria-label': '',
  'aria-hidden': '',
  'aria-checked': '',
  'aria-selected': '',
  'aria-disabled': '',
  'aria-live': '',
}
export const ariaComponents = {
  View: spoken,
  Text: spoken,
  Image: spoken,
  Button: spoken,
  Input: spoken,
  Swiper: spoken,
}
