import { createCell } from '../models/cell'
import { openTab } from './routes'

/** The category that 分类 should open with: a tab takes no query. */
export const wantedCategory = createCell<string | null>(null)

/** Opens 分类 at a category, or at its first. */
export function openCategory(categoryId: string | null): void {
  if (categoryId !== null) wantedCategory.set(categoryId)
  openTab('category')
}
