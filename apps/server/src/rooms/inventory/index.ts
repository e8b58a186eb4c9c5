export { byLevelKey, freeOf, type Level, levelKey, type LevelKey } from './level.ts'
export { inventoryDesk, type InventoryDesk, type StockMove } from './desk.sql.ts'
