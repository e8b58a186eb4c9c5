import { useState } from 'react'
import { Button } from '../../../components/button'
import { Labelled, Panel } from '../../../components/cells'
import { Area, Box, Field, Press, Words } from '../../../components/elements'
import { NavBar } from '../../../components/nav-bar'
import { Screen } from '../../../components/screen'
import { Gate, RowBones } from '../../../components/states'
import { Switch } from '../../../components/switch'
import { addressBody, addressFaults, TAGS, type AddressForm } from '../../../models/address-form'
import { api, troubleFrom } from '../../../services/api'
import { useLoad } from '../../../services/load'
import { listStores } from '../../../services/place'
import { goBack, useParam } from '../../../services/routes'
import { say } from '../../../services/toast'
import './index.scss'

const BLANK: AddressForm = { name: '', phone: '', district: '', detail: '', tag: '', isDefault: false }

/** 添加或修改地址. */
export default function AddressPage() {
  const id = useParam('id')
  const loaded = useLoad(`address.${id ?? 'new'}`, async (): Promise<AddressForm> => {
    if (id === null) return BLANK
    const { items } = await api('GET /v1/me/addresses')
    const found = items.find((address) => address.id === id)
    return found ? { ...found, tag: found.tag ?? '' } : BLANK
  })
  return (
    <Screen title={id ? '修改地址' : '添加地址'} className="address">
      <NavBar title={id ? '修改地址' : '添加地址'} />
      <Gate loaded={loaded} skeleton={<RowBones count={3} />} safe="已存的地址都在">
        {(initial) => <Form id={id} initial={initial} />}
      </Gate>
    </Screen>
  )
}

function Form({ id, initial }: { id: string | null; initial: AddressForm }) {
  const [form, setForm] = useState(initial)
  const [tried, setTried] = useState(false)
  const districts = useLoad('districts', async () => {
    const stores = await listStores()
    return [...new Set(stores.map((store) => store.district))]
  })
  const faults = tried ? addressFaults(form) : {}
  const change = (part: Partial<AddressForm>) => setForm({ ...form, ...part })

  const save = async () => {
    setTried(true)
    if (Object.keys(addressFaults(form)).length > 0) return
    const body = addressBody(form)
    try {
      await (id
        ? api('PUT /v1/me/addresses/:addressId', { params: { addressId: id }, body })
        : api('POST /v1/me/addresses', { body }))
      say('已保存')
      goBack()
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  const remove = async () => {
    if (!id) return
    try {
      await api('DELETE /v1/me/addresses/:addressId', { params: { addressId: id } })
      say('已删除')
      goBack()
    } catch (error) {
      say(troubleFrom(error).text)
    }
  }
  return (
    <Panel>
      <Labelled label="收货人" fault={faults.name}>
        <Field
          label="收货人"
          placeholder="姓名"
          value={form.name}
          maxLength={30}
          invalid={Boolean(faults.name)}
          onValue={(name) => change({ name })}
        />
      </Labelled>
      <Labelled label="手机号" fault={faults.phone}>
        <Field
          label="手机号"
          kind="phone"
          placeholder="11 位"
          value={form.phone}
          maxLength={11}
          invalid={Boolean(faults.phone)}
          onValue={(phone) => change({ phone })}
        />
      </Labelled>
      <Labelled label="区县" fault={faults.district}>
        <Field
          label="区县"
          placeholder="如 襄都区"
          value={form.district}
          maxLength={60}
          invalid={Boolean(faults.district)}
          onValue={(district) => change({ district })}
        />
      </Labelled>
      <Chips words={districts.data ?? []} on={form.district} onWord={(district) => change({ district })} />
      <Labelled label="小区、楼号和门牌" fault={faults.detail}>
        <Area
          label="小区、楼号和门牌"
          placeholder="如 和平里 3-2-501"
          value={form.detail}
          maxLength={120}
          onValue={(detail) => change({ detail })}
        />
      </Labelled>
      <Chips words={TAGS} on={form.tag} onWord={(tag) => change({ tag: tag === form.tag ? '' : tag })} />
      <Box className="address-default">
        <Words>设为默认地址</Words>
        <Switch on={form.isDefault} label="设为默认地址" onSwitch={(isDefault) => change({ isDefault })} />
      </Box>
      <Box className="address-actions">
        <Button size="full" busyText="正在保存" onPress={save}>
          保存
        </Button>
        {id && (
          <Button size="full" look="line" icon="trash" busyText="正在删除" onPress={remove}>
            删除这个地址
          </Button>
        )}
      </Box>
    </Panel>
  )
}

function Chips({
  words,
  on,
  onWord,
}: {
  words: readonly string[]
  on: string
  onWord: (word: string) => void
}) {
  return (
    <Box className="address-words">
      {words.map((word) => (
        <Press
          key={word}
          className={`address-word ${word === on ? 'address-word-on' : ''}`}
          on={word === on}
          onPress={() => onWord(word)}
        >
          {word}
        </Press>
      ))}
    </Box>
  )
}
