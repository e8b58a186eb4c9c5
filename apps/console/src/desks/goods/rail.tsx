import type { Section, SectionMark } from './form.ts'

const sections: { id: Section; name: string }[] = [
  { id: 'pictures', name: '图片' },
  { id: 'basics', name: '基本信息' },
  { id: 'listings', name: '门店价与货位' },
  { id: 'facts', name: '食品标签' },
]

const shapes: Record<SectionMark, string> = { good: '✓', fault: '!', missing: '○' }

interface RailProps {
  marks: Record<Section, { mark: SectionMark; word: string }>
}

/** The form's sections, each marked: fine, must be mended before saving, or merely missing something. */
export const Rail = ({ marks }: RailProps) => (
  <nav className="rail" aria-label="这一页的内容">
    {sections.map(({ id, name }) => (
      <a
        key={id}
        href={`#${id}`}
        className={`rail-${marks[id].mark}`}
        onClick={(event) => {
          event.preventDefault()
          document.getElementById(id)?.scrollIntoView({ block: 'start' })
        }}
      >
        <i aria-hidden="true">{shapes[marks[id].mark]}</i>
        {name}
        {marks[id].word && <small>{marks[id].word}</small>}
      </a>
    ))}
    <p className="quiet small">保存前会查：名称、分类、门店价、线上价不高过门店价、货位写法。</p>
  </nav>
)
