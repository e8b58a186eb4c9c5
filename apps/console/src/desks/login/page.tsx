import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, ConfigProvider, Form, Input } from 'antd'
import { useEffect, useState } from 'react'
import { Navigate, useSearchParams } from 'react-router'

import { api, problemOf, publicApi } from '../../api.ts'
import { beginSession, useStaff } from '../../session.ts'
import { formTheme } from '../../theme.ts'
import { type NewPassword, NewPasswordFields } from '../../ui/new-password.tsx'
import { Refusal } from '../../ui/states.tsx'
import { safeNext } from './model.ts'
import './login.css'

interface Credentials {
  account: string
  password: string
}

// The same letters and colours as on the aisle signs, the shelf chips and the floor plan.
const zones = [
  ['V', '#E4F0DC', '#2C6E33'],
  ['G', '#FCE6DD', '#B83A0B'],
  ['M', '#FAE3E2', '#A93238'],
  ['D', '#E3ECF6', '#2B5C90'],
  ['L', '#F8EDD2', '#7C5200'],
  ['S', '#F6E6F0', '#8E3F76'],
  ['B', '#DFF0EE', '#1B6763'],
  ['F', '#E5E8F7', '#414F9E'],
  ['C', '#E0EFF6', '#1B6283'],
  ['H', '#EEE9E2', '#5F5448'],
] as const

const ZoneBand = () => (
  <div className="login-zones" aria-hidden="true">
    {zones.map(([letter, tint, ink]) => (
      <i key={letter} style={{ color: ink, background: tint }}>
        {letter}
      </i>
    ))}
  </div>
)

const CredentialsForm = ({ signIn }: { signIn: SignIn }) => (
  <Form<Credentials> layout="vertical" requiredMark={false} onFinish={(typed) => signIn.mutate(typed)}>
    <Form.Item
      name="account"
      label="账号"
      rules={[
        { required: true, message: '输一下账号' },
        { pattern: /^[A-Za-z0-9_.-]{1,40}$/, message: '账号只有字母、数字和 . _ -' },
      ]}
    >
      <Input autoFocus autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={40} />
    </Form.Item>
    <Form.Item name="password" label="密码" rules={[{ required: true, message: '输一下密码' }]}>
      <Input.Password autoComplete="current-password" maxLength={200} />
    </Form.Item>
    <Refusal error={signIn.error} />
    <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
      登录
    </Button>
  </Form>
)

const OwnPasswordForm = ({ given, signIn }: { given: Credentials; signIn: SignIn }) => (
  <Form<NewPassword>
    layout="vertical"
    requiredMark={false}
    onFinish={({ next }) => signIn.mutate({ ...given, next })}
  >
    <p className="login-due">这个密码是别人给的，只能用这一次。先换成自己的，再进去。</p>
    <NewPasswordFields autoFocus />
    <Refusal error={isDue(signIn.error) ? null : signIn.error} />
    <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
      存好，登录
    </Button>
  </Form>
)

const isDue = (error: unknown): boolean => problemOf(error)?.code === 'staff.password_change_due'

const useSignIn = () => {
  const [given, setGiven] = useState<Credentials>()
  const signIn = useMutation({
    mutationFn: ({ account, password, next }: Credentials & { next?: string }) =>
      api('POST /console/v1/sessions', { body: { account, password, ...(next ? { next } : {}) } }),
    onSuccess: beginSession,
    onError: (error, { account, password }) => isDue(error) && setGiven({ account, password }),
  })
  return { given, signIn }
}

type SignIn = ReturnType<typeof useSignIn>['signIn']

const SignInForm = () => {
  const { given, signIn } = useSignIn()
  return given ? <OwnPasswordForm given={given} signIn={signIn} /> : <CredentialsForm signIn={signIn} />
}

/** Sign-in. Comes back to the page that was asked for. */
export default function LoginPage() {
  const staff = useStaff()
  const [params] = useSearchParams()
  // The name is an ornament here: without it the page still signs people in.
  const setup = useQuery({
    queryKey: ['setup'],
    queryFn: () => publicApi('GET /v1/setup'),
    staleTime: Infinity,
  })
  useEffect(() => {
    document.title = '登录 · 邻里'
  }, [])
  if (staff) return <Navigate to={safeNext(params.get('next'))} replace />
  return (
    <main className="login">
      <section className="login-card">
        <ZoneBand />
        <img src={`${import.meta.env.BASE_URL}linli.svg`} alt="" width={48} height={48} />
        <h1>邻里管理台</h1>
        <p className="quiet">{setup.data?.chainName ?? '\u00a0'}</p>
        <ConfigProvider theme={formTheme}>
          <SignInForm />
        </ConfigProvider>
        <p className="quiet small login-foot">
          忘了密码，请总部的同事重设。备货、交接在手机上，从商城「我的」→「店员入口」进。
        </p>
      </section>
    </main>
  )
}
