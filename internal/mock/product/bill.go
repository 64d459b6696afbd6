package product

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/wxgen/wxgen/internal/mock/clock"
	"github.com/wxgen/wxgen/internal/mock/desc"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

// bill answers calls for bills and other files; nil for other calls.
func (p *Products) bill(c *Call) *Answer {
	if c.Operation.ReplyKind == desc.File {
		return p.download(c)
	}
	day, isBill := c.Query["bill_date"]
	if !isBill || c.Operation.Reply == nil || c.Operation.Reply.Field("download_url") == nil {
		return nil
	}
	if !strings.HasPrefix(c.Operation.Path, "/v3/bill/") {
		return p.billed(c, []byte("wxgen mock: "+c.Operation.Title+" "+day+"\r\n"))
	}
	date, err := time.ParseInLocation("2006-01-02", day, clock.China)
	if err != nil {
		return &Answer{Refusal: refuse.Param("query", "bill_date", day, "want a day as 2006-01-02",
			"账单日期格式错误，应为yyyy-MM-dd")}
	}
	if ready := date.AddDate(0, 0, 1).Add(10 * time.Hour); c.Now.Before(ready) && !c.Invent {
		return &Answer{Refusal: refuse.State(400, "INVALID_REQUEST", refuse.NumberIllegal,
			"账单尚未生成，请在%s后下载", moment(ready))}
	}
	text := p.billText(c, date)
	if text == "" && !c.Invent {
		return &Answer{Refusal: refuse.State(400, "NO_STATEMENT_EXIST", refuse.NumberIllegal,
			"请求的账单文件不存在，该日没有交易")}
	}
	return p.billed(c, []byte(text))
}

// billed returns the link to a file. The digest is that of the content before compression.
func (p *Products) billed(c *Call, content []byte) *Answer {
	sum := sha1.Sum(content)
	url := c.URL + "/v3/billdownload/file?"
	if c.Query["tar_type"] == "GZIP" {
		url, content = url+"tartype=gzip&", zipped(content)
	}
	given := map[string]any{"hash_type": "SHA1", "hash_value": hex.EncodeToString(sum[:]),
		"download_url": url + "token=" + p.files.keep(content)}
	return &Answer{Given: given, Sparse: true}
}

func zipped(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(content) // a Buffer never fails
	_ = w.Close()
	return b.Bytes()
}

func (p *Products) download(c *Call) *Answer {
	content, there := p.files.kept[c.Query["token"]]
	switch {
	case there:
		return &Answer{File: content}
	case c.Invent || c.Query["token"] == "":
		return &Answer{File: []byte("%PDF-1.4 wxgen mock: a file for tests\n")}
	}
	return &Answer{
		Refusal: refuse.State(404, "RESOURCE_NOT_EXISTS", refuse.NumberNoOrder, "下载地址已失效，请重新申请"),
	}
}

// Link is an address in a reply. Its file is kept for download.
func (p *Products) Link(op *desc.Operation, _ *memory.Call, name, url string) string {
	if name != "download_url" {
		return "https://test.example/" + strings.ReplaceAll(name, "_", "-")
	}
	token := p.files.keep([]byte("%PDF-1.4 wxgen mock: " + op.ID + "\n"))
	if strings.Contains(op.Path, "transfer") {
		return url + "/v3/transferdownload/signfile?token=" + token
	}
	return url + "/v3/billdownload/file?token=" + token
}

const (
	tradeHead = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额," +
		"微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注"
	tradeTotal = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额"
	fundHead   = "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号"
	fundTotal  = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额"
)

// deal is a payment or a refund on a bill.
type deal struct {
	at     time.Time
	order  *memory.Object
	refund *memory.Object // nil for a payment
	amount int64
}

// deals are the payments and refunds of a day, in the order of their objects.
func (p *Products) deals(c *Call, day time.Time) (list []deal) {
	on := func(text string) (time.Time, bool) {
		at, err := time.Parse(time.RFC3339, text)
		return at, err == nil &&
			at.In(clock.China).Format(time.DateOnly) == day.Format(time.DateOnly)
	}
	sub := c.Query["sub_mchid"]
	for _, o := range p.Store.All(func(o *memory.Object) bool { return o.Owner == c.Owner }) {
		switch o.Kind {
		case "order":
			if at, ok := on(o.Text("success_time")); ok &&
				(sub == "" || o.Text("sub_mchid") == sub) {
				list = append(list, deal{at, o, nil, o.Int("amount.total")})
			}
		case "refund":
			order := p.Store.Get(o.Int(" order"))
			if at, ok := on(o.Text("success_time")); ok && order != nil &&
				(sub == "" || order.Text("sub_mchid") == sub) {
				list = append(list, deal{at, order, o, o.Int("amount.refund")})
			}
		}
	}
	return list
}

// billText is the bill of a day; "" without deals.
func (p *Products) billText(c *Call, day time.Time) string {
	list := p.deals(c, day)
	if strings.Contains(c.Operation.Path, "fundflow") {
		return fundBill(list)
	}
	return tradeBill(list, c.Query["bill_type"])
}

func tradeBill(list []deal, kind string) string {
	var b strings.Builder
	b.WriteString(tradeHead + "\r\n")
	n, paid, refunded := 0, int64(0), int64(0)
	for _, d := range list {
		if d.refund == nil && kind == "REFUND" || d.refund != nil && kind == "SUCCESS" {
			continue
		}
		n++
		o := d.order
		mch, sub := o.Text("mchid"), "0"
		if sp := o.Text("sp_mchid"); sp != "" {
			mch, sub = sp, o.Text("sub_mchid")
		}
		row := []string{
			d.at.In(clock.China).Format(time.DateTime), first(o.Text("appid"), o.Text("sp_appid")),
			mch, sub, o.Text("scene_info.device_id"),
			o.Text("transaction_id"), o.Text("out_trade_no"),
			first(o.Text("payer.openid"), o.Text("payer.sp_openid")), o.Text("trade_type"),
		}
		if d.refund == nil {
			paid += d.amount
			row = append(row, "SUCCESS", o.Text("bank_type"), "CNY", yuan(d.amount), "0.00", "0",
				"0", "0.00", "0.00", "", "")
		} else {
			refunded += d.amount
			row = append(row, "REFUND", o.Text("bank_type"), "CNY", "0.00", "0.00",
				d.refund.Text("refund_id"), d.refund.Text("out_refund_no"),
				yuan(d.amount), "0.00", "ORIGINAL", "SUCCESS")
		}
		order, asked := yuan(d.amount), "0.00"
		if d.refund != nil {
			order, asked = "0.00", yuan(d.amount)
		}
		row = append(row, plain(o.Text("description")), plain(o.Text("attach")), "0.00000", "0.00%",
			order, asked, "")
		b.WriteString(line(row))
	}
	if n == 0 {
		return ""
	}
	b.WriteString(tradeTotal + "\r\n")
	b.WriteString(line([]string{fmt.Sprint(n), yuan(paid), yuan(refunded), "0.00", "0.00000",
		yuan(paid), yuan(refunded)}))
	return b.String()
}

func fundBill(list []deal) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(fundHead + "\r\n")
	balance, in, out, ins, outs := int64(0), int64(0), int64(0), 0, 0
	for i, d := range list {
		id, what, way, voucher := d.order.Text("transaction_id"), "交易", "收入",
			d.order.Text("out_trade_no")
		if d.refund != nil {
			id, what, way, voucher = d.refund.Text("refund_id"), "退款", "支出",
				d.refund.Text("out_refund_no")
			balance, out, outs = balance-d.amount, out+d.amount, outs+1
		} else {
			balance, in, ins = balance+d.amount, in+d.amount, ins+1
		}
		b.WriteString(line([]string{
			d.at.In(clock.China).Format(time.DateTime), id,
			fmt.Sprintf("%s%04d", d.at.In(clock.China).Format("20060102150405"), i), what, what,
			way, yuan(d.amount),
			yuan(balance), "system", "", voucher,
		}))
	}
	b.WriteString(fundTotal + "\r\n")
	b.WriteString(line([]string{fmt.Sprint(ins + outs), fmt.Sprint(ins), yuan(in), fmt.Sprint(outs),
		yuan(out)}))
	return b.String()
}

// line is a row of a bill: a backtick precedes every value.
func line(values []string) string { return "`" + strings.Join(values, ",`") + "\r\n" }

// plain removes separators from a value.
func plain(text string) string {
	return strings.NewReplacer(",", " ", "`", " ", "\r", " ", "\n", " ").Replace(text)
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// yuan converts fen to yuan.
func yuan(fen int64) string { return fmt.Sprintf("%d.%02d", fen/100, fen%100) }
