import { problem } from '#kernel/problem'

export const endpointMissing = problem('webhooks.endpoint_missing', 404, 'there is no such endpoint')
export const messageMissing = problem('webhooks.message_missing', 404, 'there is no such message')
export const addressInvalid = problem(
  'webhooks.address_invalid',
  422,
  'this is not an https address without a user',
)
export const addressInside = problem('webhooks.address_inside', 422, 'this address is not on the public net')
export const endpointsFull = problem('webhooks.endpoints_full', 409, 'there are twenty endpoints already')
