package interop

import (
	"context"
	"time"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	theirjsapi "github.com/wechatpay-apiv3/wechatpay-go/services/payments/jsapi"

	"github.com/wxgen/wxgen/generated/v3/pay"
	"github.com/wxgen/wxgen/wxpay"
	"github.com/wxgen/wxgen/wxpay/wxpaytest"
)

// ourPrepay places the order of the official SDK's example, which sets every field.
func ourPrepay(ctx context.Context, c *wxpay.Client) (*pay.JSAPIResponse, error) {
	return pay.New(c).Transactions().JSAPI().Post(ctx, pay.JSAPIRequest{
		AppID: "wxd678efh567hg6787", MchID: wxpaytest.MchID, Description: "Image形象店-深圳腾大-QQ公仔",
		OutTradeNo: "1217752501201407033233368018",
		TimeExpire: wxpay.NewTime(expiry), Attach: "自定义数据说明",
		NotifyURL: "https://www.weixin.qq.com/wxpay/pay.php", GoodsTag: "WXG",
		LimitPay: []pay.LimitPay{pay.LimitPayNoCredit}, SupportFapiao: new(false),
		Amount: pay.Amount{Total: 100, Currency: "CNY"},
		Payer:  pay.JSAPIRequestPayer{OpenID: "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
		Detail: &pay.Detail{CostPrice: new(int64(608800)), InvoiceID: "wx123",
			GoodsDetail: []pay.GoodsDetail{
				{GoodsName: "iPhoneX 256G", MerchantGoodsID: "ABC", Quantity: 1, UnitPrice: 828800,
					WechatpayGoodsID: "1001"},
			}},
		SceneInfo: &pay.SceneInfo{DeviceID: "013467007045764", PayerClientIP: "14.23.150.211",
			StoreInfo: &pay.StoreInfo{
				Address: "广东省深圳市南山区科技中一道10000号", AreaCode: "440305", ID: "0001", Name: "腾讯大厦分店",
			}},
		SettleInfo: &pay.SettleInfo{ProfitSharing: new(false)},
	})
}

var expiry = time.Date(2026, 11, 22, 10, 34, 56, 0, time.FixedZone("", 8*60*60))

func theirPrepay() theirjsapi.PrepayRequest {
	return theirjsapi.PrepayRequest{
		Appid: core.String("wxd678efh567hg6787"), Mchid: core.String(wxpaytest.MchID),
		Description: core.String("Image形象店-深圳腾大-QQ公仔"),
		OutTradeNo:  core.String("1217752501201407033233368018"), TimeExpire: core.Time(expiry),
		Attach:    core.String("自定义数据说明"),
		NotifyUrl: core.String("https://www.weixin.qq.com/wxpay/pay.php"),
		GoodsTag:  core.String("WXG"), LimitPay: []string{"no_credit"},
		SupportFapiao: core.Bool(false),
		Amount:        &theirjsapi.Amount{Total: core.Int64(100), Currency: core.String("CNY")},
		Payer:         &theirjsapi.Payer{Openid: core.String("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")},
		Detail: &theirjsapi.Detail{CostPrice: core.Int64(608800), InvoiceId: core.String("wx123"),
			GoodsDetail: []theirjsapi.GoodsDetail{{
				GoodsName: core.String("iPhoneX 256G"), MerchantGoodsId: core.String("ABC"),
				Quantity: core.Int64(1), UnitPrice: core.Int64(828800),
				WechatpayGoodsId: core.String("1001"),
			}}},
		SceneInfo: &theirjsapi.SceneInfo{DeviceId: core.String("013467007045764"),
			PayerClientIp: core.String("14.23.150.211"), StoreInfo: &theirjsapi.StoreInfo{
				Address: core.String("广东省深圳市南山区科技中一道10000号"), AreaCode: core.String("440305"),
				Id: core.String("0001"), Name: core.String("腾讯大厦分店"),
			}},
		SettleInfo: &theirjsapi.SettleInfo{ProfitSharing: core.Bool(false)},
	}
}

// transaction is a paid order from the documentation.
const transaction = `{"transaction_id":"1217752501201407033233368018","amount":{"payer_total":100,"total":100,"currency":"CNY","payer_currency":"CNY"},` +
	`"mchid":"1900000001","trade_state":"SUCCESS","bank_type":"CMC","promotion_detail":[{"amount":100,"wechatpay_contribute":100,"coupon_id":"109519",` +
	`"scope":"GLOBAL","merchant_contribute":0,"name":"单品惠-6","other_contribute":0,"currency":"CNY","stock_id":"931386","goods_detail":[` +
	`{"goods_remark":"商品备注信息","quantity":1,"discount_amount":1,"goods_id":"M1006","unit_price":100},` +
	`{"goods_remark":"商品备注信息","quantity":1,"discount_amount":1,"goods_id":"M1006","unit_price":100}]}],` +
	`"success_time":"2018-06-08T10:34:56+08:00","payer":{"openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},"out_trade_no":"1217752501201407033233368018",` +
	`"appid":"wxd678efh567hg6787","trade_state_desc":"支付成功","trade_type":"JSAPI","attach":"自定义数据"}`

// ourTransaction has the fields of theirs.
type ourTransaction = pay.GetTransactionByOutTradeNoResponse

func ourQuery(ctx context.Context, c *wxpay.Client) (*ourTransaction, error) {
	return pay.New(c).Transactions().OutTradeNo().ByOutTradeNo("1217752501201407033233368018").
		Get(ctx,
			pay.GetTransactionByOutTradeNoRequest{MchID: wxpaytest.MchID})
}

func theirQuery() theirjsapi.QueryOrderByOutTradeNoRequest {
	return theirjsapi.QueryOrderByOutTradeNoRequest{
		OutTradeNo: core.String("1217752501201407033233368018"),
		Mchid:      core.String(wxpaytest.MchID),
	}
}
