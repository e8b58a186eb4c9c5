import { Card } from '../../ui/card.tsx'
import { Bone, Bones } from '../../ui/states.tsx'

const bars = [18, 52, 88, 86, 64, 58, 44, 34, 38, 52, 74, 98, 100, 86, 68, 42]

/** The workbench before its figures are there, in the shape they will have. */
export const TodayBones = () => (
  <Card className="today-card">
    <div className="figures" aria-busy="true" aria-label="正在取今天的数字">
      {[132, 64, 88, 76].map((width) => (
        <div key={width} className="figure figure-bones">
          <Bone width={56} height={10} />
          <Bone width={width} height={24} />
          <Bone width={96} height={10} />
        </div>
      ))}
    </div>
    <div className="bar-bones" aria-hidden="true">
      {bars.map((height, index) => (
        <Bone key={index} width="100%" height={height * 1.5} />
      ))}
    </div>
  </Card>
)

/** The stores' table before its rows are there. */
export const StoresBones = () => (
  <Card title="各店自提" className="stores-card">
    <Bones lines={9} />
  </Card>
)
