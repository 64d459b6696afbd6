package product

// makings, moves and specials are the operations of the core products.
var (
	makings  = map[string]*making{}
	moves    = map[string]*moving{}
	specials = map[string]func(*Products, *Call) *Answer{
		"POST /v3/profitsharing/receivers/add":                        (*Products).addReceiver,
		"POST /v3/profitsharing/receivers/delete":                     (*Products).deleteReceiver,
		"GET /v3/profitsharing/transactions/{transaction_id}/amounts": (*Products).unsplitAmount,

		"GET /v3/transfer/batches/batch-id/{batch_id}" +
			"/details/detail-id/{detail_id}": (*Products).detailOf,
		"GET /v3/transfer/batches/out-batch-no/{out_batch_no}" +
			"/details/out-detail-no/{out_detail_no}": (*Products).detailOf,
	}
)

func init() {
	for base, ends := range map[string][]string{
		"/v3/pay/transactions/": {"jsapi", "app", "h5", "native", "jsapi-with-contract",
			"app-with-contract"},
		"/v3/pay/partner/transactions/": {"jsapi", "app", "h5", "native", "jsapi-with-contract",
			"app-with-contract", "miniprogram"},
	} {
		for _, end := range ends {
			makings["POST "+base+end] = ordering
		}
		makings["POST "+base+"codepay"] = scanning
		moves["GET "+base+"id/{transaction_id}"] = queryingOrder
		moves["GET "+base+"out-trade-no/{out_trade_no}"] = queryingOrder
		moves["POST "+base+"out-trade-no/{out_trade_no}/close"] = closingOrder
		moves["POST "+base+"out-trade-no/{out_trade_no}/reverse"] = reversing
	}
	for _, end := range []string{"jsapi", "app", "h5", "native", "miniprogram"} {
		makings["POST /v3/combine-transactions/"+end] = combining
	}
	moves["GET /v3/combine-transactions/out-trade-no/{combine_out_trade_no}"] = queryingCombined
	moves["GET /v3/combine-transactions/id/{combine_transaction_id}"] = queryingCombined
	moves["POST /v3/combine-transactions/out-trade-no/{combine_out_trade_no}/close"] =
		closingCombined
	makings["POST /v3/refund/domestic/refunds"] = refunding
	moves["GET /v3/refund/domestic/refunds/{out_refund_no}"] = queryingRefund
	moves["POST /v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund"] = refundingAbnormal
	makings["POST /v3/profitsharing/orders"] = sharing
	makings["POST /v3/profitsharing/orders/unfreeze"] = unfreezing
	moves["GET /v3/profitsharing/orders/{out_order_no}"] = queryingSharing
	makings["POST /v3/profitsharing/return-orders"] = returning
	moves["GET /v3/profitsharing/return-orders/{out_return_no}"] = queryingReturn
	transfers()
	services()
	contracts()
}

func transfers() {
	const base = "/v3/fund-app/mch-transfer/transfer-bills"
	makings["POST "+base] = transferring
	moves["GET "+base+"/out-bill-no/{out_bill_no}"] = queryingTransfer
	moves["GET "+base+"/transfer-bill-no/{transfer_bill_no}"] = queryingTransfer
	moves["POST "+base+"/out-bill-no/{out_bill_no}/cancel"] = cancelling
	makings["POST /v3/transfer/batches"] = batching
	moves["GET /v3/transfer/batches/out-batch-no/{out_batch_no}"] = queryingBatch
	moves["GET /v3/transfer/batches/batch-id/{batch_id}"] = queryingBatch
}

func services() {
	for _, base := range []string{"/v3/payscore/serviceorder",
		"/v3/payscore/partner/serviceorder"} {
		makings["POST "+base] = serving
		moves["GET "+base] = queryingService
		for end, m := range map[string]*moving{
			"cancel": cancellingService, "modify": modifyingService, "complete": completingService,
			"pay": collectingService, "sync": syncingService,
		} {
			moves["POST "+base+"/{out_order_no}/"+end] = m
		}
	}
	const permissions = "/v3/payscore/permissions"
	makings["POST "+permissions] = permitting
	moves["GET "+permissions+"/authorization-code/{authorization_code}"] = queryingPermission
	moves["POST "+permissions+"/authorization-code/{authorization_code}/terminate"] =
		terminatingPermission
}

func contracts() {
	makings["POST /v3/papay/sign/contracts/pre-entrust-sign"] = signing
	makings["POST /v3/papay/entrust-sign/contracts/pre-entrust-sign"] = signing
	for _, end := range []string{"app", "h5", "jsapi", "mini-program"} {
		makings["POST /v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign/"+end] = signing
	}
	moves["GET /v3/papay/sign/contracts/plan-id/{plan_id}/out-contract-code/{out_contract_code}"] =
		queryingContract
	moves["POST /v3/papay/sign/contracts/plan-id/{plan_id}/out-contract-code/{out_contract_code}/"+
		"terminate"] = terminating
	makings["POST /v3/papay/pay/transactions/apply"] = deducting
}
