import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'

import { api } from '../api.ts'
import { Refusal } from '../ui/states.tsx'
import { useNotice } from '../ui/notice.ts'

interface Passwords {
  current: string
  next: string
  again: string
}

const Fields = () => (
  <>
    <Form.Item name="current" label="现在的密码" rules={[{ required: true, message: '要先输现在的密码' }]}>
      <Input.Password autoComplete="current-password" maxLength={200} />
    </Form.Item>
    <Form.Item
      name="next"
      label="新密码"
      extra="至少 10 个字符，一句话最好记"
      rules={[{ required: true, min: 10, message: '至少 10 个字符' }]}
    >
      <Input.Password autoComplete="new-password" maxLength={200} />
    </Form.Item>
    <Form.Item
      name="again"
      label="再输一遍"
      dependencies={['next']}
      rules={[
        { required: true, message: '再输一遍新密码' },
        ({ getFieldValue }) => ({
          validator: (_, value: string) =>
            !value || value === getFieldValue('next')
              ? Promise.resolve()
              : Promise.reject(new Error('和上面的不一样')),
        }),
      ]}
    >
      <Input.Password autoComplete="new-password" maxLength={200} />
    </Form.Item>
  </>
)

/** Changes the signed-in person's own password. */
export const PasswordDialog = ({ open, close }: { open: boolean; close: () => void }) => {
  const [form] = Form.useForm<Passwords>()
  const notice = useNotice()
  const change = useMutation({
    mutationFn: ({ current, next }: Passwords) =>
      api('PUT /console/v1/me/password', { body: { current, next } }),
    onSuccess: () => {
      notice.success('密码已改，别处登录的都已退出')
      close()
    },
  })
  const forget = () => {
    form.resetFields()
    change.reset()
  }
  return (
    <Modal
      open={open}
      title="改密码"
      okText="改密码"
      cancelText="不改了"
      width={400}
      confirmLoading={change.isPending}
      onOk={form.submit}
      onCancel={close}
      afterClose={forget}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(typed) => change.mutate(typed)}>
        <Fields />
        <Refusal error={change.error} />
      </Form>
    </Modal>
  )
}
