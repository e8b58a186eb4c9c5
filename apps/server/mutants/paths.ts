export const R = 'src/rooms'
export const STORIES = 'test/stories'
