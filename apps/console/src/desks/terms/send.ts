import { useMutation, useQueryClient } from '@tanstack/react-query'

interface Sending<Body, Row> {
  send: (body: Body) => Promise<Row>
  /** What shows the terms, or what follows from them, by the first word of its key. */
  shownBy: readonly string[]
  done: (row: Row) => void
}
/** Sends a version of terms; everything that shows them is asked again. */
export const useSendTerms = <Body, Row>({ send, shownBy, done }: Sending<Body, Row>) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: (row) => {
      for (const key of shownBy) void queries.invalidateQueries({ queryKey: [key] })
      done(row)
    },
  })
}
