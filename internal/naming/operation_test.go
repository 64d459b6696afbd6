package naming

import (
	"slices"
	"strings"
	"testing"
)

func TestNameOperations(t *testing.T) {
	for _, c := range []struct{ name, calls string }{
		{"verbs and nouns", `
			POST /v3/coin/orders                              CreateOrder
			GET  /v3/coin/orders                              ListOrders
			GET  /v3/coin/orders/{out_order_no}               GetOrder
			PATCH /v3/coin/orders/{out_order_no}              UpdateOrder
			DELETE /v3/coin/orders/{out_order_no}             DeleteOrder
			POST /v3/coin/orders/{out_order_no}/close         CloseOrder
			POST /v3/coin/orders/{no}/apply-abnormal-refund   ApplyAbnormalRefund
			POST /v3/coin/receivers/add                       AddReceiver
			GET  /v3/coin/tradebill                           GetTradeBill
			POST /v3/coin/returnorders                        CreateReturnOrder
			GET  /v3/coin/permissions/search                  SearchPermission`},
		{"the service is the noun", `
			GET  /v3/certificates               ListCertificates
			POST /v3/merchants                  CreateMerchant
			GET  /v3/merchants/{sub_mchid}      GetMerchant
			PUT  /v3/combine-transactions/x/{y} UpdateX`},
		{"selectors", `
			GET  /v3/pay/transactions/id/{transaction_id}                  GetTransactionByID
			GET  /v3/pay/transactions/out-trade-no/{out_trade_no}          GetTransactionByOutTradeNo
			POST /v3/pay/transactions/out-trade-no/{out_trade_no}/close    CloseTransaction
			GET  /v3/pay/batches/batch-id/{batch_id}/details/detail-id/{d} GetDetailID`},
		{"ways to pay", `
			POST /v3/pay/transactions/jsapi              JSAPI
			POST /v3/pay/transactions/h5                 H5
			POST /v3/pay/partner/transactions/jsapi      PartnerJSAPI
			POST /v3/pay/partner/transactions/native     PartnerNative
			POST /v3/pay/contracts/pre-entrust-sign/app  PreEntrustSignApp`},
		{"alike resources, for all their verbs", `
			POST /v3/fund/transfer-bills                            CreateTransferBill
			GET  /v3/fund/transfer-bills/{no}                       GetTransferBill
			POST /v3/fund/partner/transfer-bills                    CreatePartnerTransferBill
			GET  /v3/fund/partner/transfer-bills/{no}               GetPartnerTransferBill
			DELETE /v3/fund/partner/transfer-bills/{no}             DeletePartnerTransferBill`},
		{"by parameter", `
			POST /v3/coin/transactions/id/{transaction_id}/close           CloseTransactionByID
			POST /v3/coin/transactions/out-trade-no/{out_trade_no}/close   CloseTransactionByOutTradeNo`},
		{"the last resort", `
			GET  /v3/coin/orders/a-id/{x_a_id}/{z}  GetOrderByZ
			GET  /v3/coin/orders/b-id/{x_b_id}/{z}  GetOrder
			GET  /v3/coin/orders/c-id/{x_c_id}/{z}  GetCoinOrdersCidxcidz`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var wishes []Operation
			var paths, want []string
			for line := range strings.SplitSeq(strings.TrimSpace(c.calls), "\n") {
				f := strings.Fields(line)
				wishes = append(wishes, Wish(f[0], f[1], false, false))
				paths, want = append(paths, f[1]), append(want, f[2])
			}
			for i, got := range Operations(nil, wishes) {
				if got != want[i] {
					t.Errorf("%s: %s, want %s", paths[i], got, want[i])
				}
			}
		})
	}
}

func TestFilesInNames(t *testing.T) {
	if got := Wish("GET", "/v3/billdownload/file", true, false).spell(nil, false); got != "DownloadFile" {
		t.Errorf("a stream: %s", got)
	}
	if got := Wish("POST", "/v3/coin/media", false, true).spell(nil, false); got != "UploadMedia" {
		t.Errorf("a file: %s", got)
	}
}

// What is in the description keeps its name, and what comes steps around it.
func TestPinnedNames(t *testing.T) {
	pinned := map[string]Operation{
		"CreateOrder": Wish("POST", "/v3/coin/partner/orders", false, false),
		"GetOrder":    Wish("GET", "/v3/coin/elsewhere", false, false),
	}
	got := Operations(pinned, []Operation{
		Wish("POST", "/v3/coin/orders", false, false),
		Wish("GET", "/v3/coin/orders/{out_order_no}", false, false),
	})
	if want := []string{"PostCoinOrders", "GetOrderByOutOrderNo"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSingular(t *testing.T) {
	for many, one := range map[string]string{
		"batches": "batch", "activities": "activity", "taxies": "taxi", "negotiation-historys": "negotiation-history", "goods": "goods",
		"status": "status", "transfer_detail_list": "transfer_detail_list", "user-titles": "user-title", "customs": "customs", "boxes": "box",
	} {
		if got := singular(many); got != one {
			t.Errorf("singular(%q) = %q, want %q", many, got, one)
		}
	}
}
