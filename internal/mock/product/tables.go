package product

// makings, moves and specials are the operations of the core products.
var (
	makings  = map[string]*making{}
	moves    = map[string]*moving{}
	specials = map[string]func(*Products, *Call) *Answer{}
)

func init() {
	for _, end := range []string{"jsapi", "app", "h5", "native", "jsapi-with-contract", "app-with-contract"} {
		makings["POST /v3/pay/transactions/"+end] = ordering
		makings["POST /v3/pay/partner/transactions/"+end] = ordering
	}
	makings["POST /v3/pay/partner/transactions/miniprogram"] = ordering
	for _, base := range []string{"/v3/pay/transactions", "/v3/pay/partner/transactions"} {
		makings["POST "+base+"/codepay"] = scanning
		moves["GET "+base+"/id/{transaction_id}"] = queryingOrder
		moves["GET "+base+"/out-trade-no/{out_trade_no}"] = queryingOrder
		moves["POST "+base+"/out-trade-no/{out_trade_no}/close"] = closingOrder
		moves["POST "+base+"/out-trade-no/{out_trade_no}/reverse"] = reversing
	}
	makings["POST /v3/refund/domestic/refunds"] = refunding
	moves["GET /v3/refund/domestic/refunds/{out_refund_no}"] = queryingRefund
	moves["POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund"] = refundingAbnormal
}
