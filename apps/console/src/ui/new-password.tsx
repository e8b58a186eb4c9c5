import { Form, Input } from 'antd'

/** What the fields below fill in. */
export interface NewPassword {
  next: string
  again: string
}

/** A password of one's own, typed twice; inside a form. */
export const NewPasswordFields = ({ autoFocus = false }: { autoFocus?: boolean }) => (
  <>
    <Form.Item
      name="next"
      label="新密码"
      extra="至少 10 个字符，一句话最好记"
      rules={[{ required: true, min: 10, message: '至少 10 个字符' }]}
    >
      <Input.Password autoFocus={autoFocus} autoComplete="new-password" maxLength={200} />
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
