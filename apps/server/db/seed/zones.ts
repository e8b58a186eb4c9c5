/** The ten zones of every shop floor; a category is a zone. Tints and inks are measured in the design tokens. */
export const ZONES = [
  { code: 'V', name: '蔬菜菌菇', tint: '#E4F0DC', ink: '#2C6E33' },
  { code: 'G', name: '新鲜水果', tint: '#FCE6DD', ink: '#B83A0B' },
  { code: 'M', name: '肉禽蛋鱼', tint: '#FAE3E2', ink: '#A93238' },
  { code: 'D', name: '乳品烘焙', tint: '#E3ECF6', ink: '#2B5C90' },
  { code: 'L', name: '米面粮油', tint: '#F8EDD2', ink: '#7C5200' },
  { code: 'S', name: '休闲零食', tint: '#F6E6F0', ink: '#8E3F76' },
  { code: 'B', name: '酒水饮料', tint: '#DFF0EE', ink: '#1B6763' },
  { code: 'F', name: '速食冷冻', tint: '#E5E8F7', ink: '#414F9E' },
  { code: 'C', name: '清洁个护', tint: '#E0EFF6', ink: '#1B6283' },
  { code: 'H', name: '家居母婴', tint: '#EEE9E2', ink: '#5F5448' },
] as const

export type ZoneCode = (typeof ZONES)[number]['code']
export const zoneOf = (code: string): (typeof ZONES)[number] => {
  const zone = ZONES.find((each) => each.code === code)
  if (zone === undefined) throw new Error(`no zone ${code}`)
  return zone
}
