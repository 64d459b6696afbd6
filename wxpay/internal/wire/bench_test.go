package wire_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/internal/wire"
)

// benchmarkTransaction is a whole paid order.
const benchmarkTransaction = `{"transaction_id":"1217752501201407033233368018","amount":{"payer_total":100,"total":100,"currency":"CNY","payer_currency":"CNY"},` +
	`"mchid":"1900000001","trade_state":"SUCCESS","bank_type":"CMC","promotion_detail":[{"amount":100,"wechatpay_contribute":100,"coupon_id":"109519",` +
	`"scope":"GLOBAL","merchant_contribute":0,"name":"单品惠-6","other_contribute":0,"currency":"CNY","stock_id":"931386","goods_detail":[` +
	`{"goods_remark":"商品备注信息","quantity":1,"discount_amount":1,"goods_id":"M1006","unit_price":100}]}],` +
	`"success_time":"2018-06-08T10:34:56+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"out_trade_no":"1217752501201407033233368018",` +
	`"appid":"wxd678efh567hg6787","trade_state_desc":"支付成功","trade_type":"JSAPI","attach":"自定义数据"}`

type benchmarkOrder struct {
	TransactionID string `json:"transaction_id"`
	Amount        struct {
		PayerTotal    int64  `json:"payer_total"`
		Total         int64  `json:"total"`
		Currency      string `json:"currency"`
		PayerCurrency string `json:"payer_currency"`
	} `json:"amount"`
	MchID           string `json:"mchid"`
	TradeState      colour `json:"trade_state"`
	BankType        string `json:"bank_type"`
	PromotionDetail []struct {
		Amount      int64  `json:"amount"`
		CouponID    string `json:"coupon_id"`
		Scope       colour `json:"scope"`
		Name        string `json:"name"`
		Currency    string `json:"currency"`
		StockID     string `json:"stock_id"`
		GoodsDetail []struct {
			GoodsRemark string `json:"goods_remark"`
			Quantity    int64  `json:"quantity"`
			GoodsID     string `json:"goods_id"`
			UnitPrice   int64  `json:"unit_price"`
		} `json:"goods_detail"`
	} `json:"promotion_detail"`
	SuccessTime wxpay.Time `json:"success_time"`
	Payer       struct {
		OpenID string `json:"openid"`
	} `json:"payer"`
	OutTradeNo string `json:"out_trade_no"`
	AppID      string `json:"appid"`
	TradeType  colour `json:"trade_type"`
	Attach     string `json:"attach"`
}

// BenchmarkCodec reads and writes a paid order, beside encoding/json.
func BenchmarkCodec(b *testing.B) {
	data := []byte(benchmarkTransaction)
	var order benchmarkOrder
	if fault := wire.Decode(data, &order); fault != nil {
		b.Fatal(fault)
	}
	buf := make([]byte, 0, 4096)
	for _, c := range []struct {
		name string
		f    func()
	}{
		{"read/wxpay", func() { _ = wire.Decode(data, new(benchmarkOrder)) }},
		{"read/encoding-json", func() { _ = json.Unmarshal(data, new(benchmarkOrder)) }},
		{"write/wxpay", func() { _, _ = wire.Append(buf, &order) }},
		{"write/encoding-json", func() {
			_ = json.NewEncoder(bytes.NewBuffer(buf)).Encode(&order)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				c.f()
			}
		})
	}
}
