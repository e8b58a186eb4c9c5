/** An order number in readable groups. The gaps are drawn, not typed: copying it gives the number as it is. */
export const OrderNo = ({ no }: { no: string }) => {
  const groups = /^\d{16}$/.test(no) ? [no.slice(0, 8), no.slice(8, 12), no.slice(12)] : [no]
  return (
    <span className="order-number">
      {groups.map((group, index) => (
        <span key={index}>{group}</span>
      ))}
    </span>
  )
}
