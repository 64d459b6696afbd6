package spec_test

import "strings"

// What the comparison knows of the catalogue and of the description beyond their grammar. Every line has its reason, and
// a line that is no longer needed fails the test.

// A misprint is a slip of the pen on a page: every line of that page that begins with from is read as if it began with to.
type misprint struct{ page, from, to, why string }

var knownMisprints = []misprint{
	{"openapi/v3/offlinefacemch/organizations/{organization_id}/users/user-id/{user_id}/terminate-contract.md",
		"| use_id {", "| user_id {", "the path says {user_id}"},
	{"openapi/v3/global/papay/transactions/out-trade-no/{out_trade_no}.md",
		"| transaction_id {data-required} | string | 商户订单号", "| out_trade_no {data-required} | string | 商户订单号", "label and path say out_trade_no"},
	{"openapi/v3/transactions/micropay.md", "| payer _currency {", "| payer_currency {", "a blank inside the name"},
	{"openapi/v3/global/micropay/transactions/pay.md", "| payer _currency {", "| payer_currency {", "a blank inside the name"},
	{"webhook/v3/RECHARGE.CLOSED.md", "| employee_type {data-indent=3}", "| employee_type {data-indent=4}",
		"the rows below it are one deeper: it belongs to qr_recharge_info as they do"},
	{"webhook/v3/RECHARGE.CLOSED.md", "| online_bank_recharge_info |", "| online_bank_recharge_info {data-indent=3} |", "its indent is lost; its fields have 4"},
	{"webhook/v3/RECHARGE.CLOSED.md", "| available_recharge_channels |", "| available_recharge_channels {data-indent=3} |", "its indent is lost"},
	{"openapi/v3/gov/subsidy/zhejiang/authcode/try.md", "| discount_mode {data-required} | number |", "| discount_mode {data-required} | string |", "its values are names"},
}

// misprints applies knownMisprints and remembers which of them were met.
type misprints struct{ met map[int]bool }

func newMisprints() *misprints { return &misprints{map[int]bool{}} }

func (m *misprints) mend(page, text string) string {
	for i, k := range knownMisprints {
		if k.page != page {
			continue
		}
		if rest, ok := strings.CutPrefix(text, k.from); ok {
			m.met[i] = true
			return k.to + rest
		}
	}
	return text
}

func (m *misprints) unused() (froms []string) {
	for i, k := range knownMisprints {
		if !m.met[i] {
			froms = append(froms, k.page+": "+k.from)
		}
	}
	return froms
}

// A deviation is a place where the description knowingly differs from page and corrections.
type deviation struct {
	op    string // "POST /v3/…", or an event
	field string // "request.amount.total", "response.data.name", "resource.id"
	what  string // a word of the mismatch's text
	why   string
}

var knownDeviations []deviation

func init() {
	// The page of this event folds four kinds of payment into one and leaves these out, or has them one level too deep.
	for _, field := range []string{
		"mchid", "sp_appid", "trade_type", "trade_state_desc", "sub_orders", "combine_payer_info", "payer.sp_openid", "amount.total",
		"promotion_detail.stock_id", "promotion_detail.amount", "promotion_detail.wechatpay_contribute",
		"promotion_detail.merchant_contribute", "promotion_detail.other_contribute", "promotion_detail.goods_detail",
	} {
		knownDeviations = append(knownDeviations, deviation{"TRANSACTION.SUCCESS", "resource." + field, "neither the page", "WeChat Pay's own Go types have it"})
	}
	// What was paid, and with which coupons: the pages of these leave it out, the notification of the same payment has it.
	for _, op := range []string{
		"GET /v3/pay/transactions/id/{transaction_id}", "GET /v3/pay/transactions/out-trade-no/{out_trade_no}",
		"GET /v3/pay/partner/transactions/id/{transaction_id}", "GET /v3/pay/partner/transactions/out-trade-no/{out_trade_no}",
	} {
		for _, field := range []string{"amount.payer_total", "amount.payer_currency", "promotion_detail"} {
			knownDeviations = append(knownDeviations, deviation{op, "response." + field, "neither the page", "WeChat Pay's own Go types have it"})
		}
	}
}

// deviations sorts out the known ones, and remembers which were met.
type deviations struct{ met map[int]bool }

func (d *deviations) known(op, field, text string) bool {
	for i, k := range knownDeviations {
		if k.op == op && k.field == field && strings.Contains(text, k.what) {
			d.met[i] = true
			return true
		}
	}
	return false
}

// isRuntimeHeader tells the header that the runtime owns: it goes with every request, whatever a page says of it.
func isRuntimeHeader(name string) bool { return name == "Wechatpay-Serial" }
