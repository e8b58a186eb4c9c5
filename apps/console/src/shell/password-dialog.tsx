import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'

import { api } from '../api.ts'
import { type NewPassword, NewPasswordFields } from '../ui/new-password.tsx'
import { Refusal } from '../ui/states.tsx'
import { useNotice } from '../ui/notice.ts'

interface Passwords extends NewPassword {
  current: string
}

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
        <Form.Item
          name="current"
          label="现在的密码"
          rules={[{ required: true, message: '要先输现在的密码' }]}
        >
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <NewPasswordFields />
        <Refusal error={change.error} />
      </Form>
    </Modal>
  )
}
