import { Button } from 'antd'

import type { Clash } from './merge.ts'

interface ClashesProps {
  clashes: readonly Clash[]
  takeTheirs: () => void
  keepMine: () => void
}

/** Two people changed the same field. Nothing is overwritten until one of the two buttons is pressed. */
export const Clashes = ({ clashes, takeTheirs, keepMine }: ClashesProps) => (
  <section className="notice clashes" role="alert">
    <div>
      <p className="strong">别人先存了这个商品，有 {clashes.length} 处和你的不一样</p>
      <p className="small">没撞上的已经合在一起。定了下面这几处再存。</p>
    </div>
    <table>
      <thead>
        <tr>
          <th>
            <span className="sr-only">哪一处</span>
          </th>
          <th>别人的</th>
          <th>你的</th>
        </tr>
      </thead>
      <tbody>
        {clashes.map((clash) => (
          <tr key={clash.field}>
            <th>{clash.label}</th>
            <td>{clash.theirs}</td>
            <td>{clash.mine}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <div className="clash-buttons">
      <Button size="small" onClick={keepMine}>
        用我的
      </Button>
      <Button size="small" onClick={takeTheirs}>
        用别人的
      </Button>
    </div>
  </section>
)
