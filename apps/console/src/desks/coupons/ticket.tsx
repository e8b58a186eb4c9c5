/** A coupon as a shopper holds it: the value, its name, until when. */
export const CouponTicket = ({ label, value, note }: { label: string; value: string; note: string }) => (
  <div className="coupon-ticket">
    <b>{value}</b>
    <span>
      {label}
      <small>{note}</small>
    </span>
  </div>
)
