package product

import (
	"strconv"
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
	"github.com/wxgen/wxgen/internal/mock/memory"
	"github.com/wxgen/wxgen/internal/mock/refuse"
)

var noTransfer = refusal{404, "NOT_FOUND", refuse.NumberNoOrder, "转账单不存在"}

// confirmLife is the time in which a user can confirm a transfer.
const confirmLife = 24 * time.Hour

var transferring = &making{
	kind: "transfer", key: "out_bill_no", build: (*Products).transfer,
	differ: refusal{400, "ALREADY_EXISTS", refuse.NumberOtherOrder, "商户单号已存在，且请求参数与之前不一致"},
}

var queryingTransfer = &moving{
	kind: "transfer", find: []string{"out_bill_no", "transfer_bill_no"}, absent: noTransfer,
	invent: (*Products).inventTransfer,
}

var cancelling = &moving{
	kind: "transfer", find: []string{"out_bill_no"}, absent: noTransfer,
	invent: (*Products).inventTransfer,
	next: map[string]string{"ACCEPTED": "CANCELING", "WAIT_USER_CONFIRM": "CANCELING",
		"CANCELING": "CANCELING", "CANCELLED": "CANCELLED"},
	forbid: map[string]refusal{"": {400, "INVALID_REQUEST", refuse.NumberIllegal, "当前转账单状态不允许撤销"}},
	do: func(p *Products, c *Call, o *memory.Object) *refuse.Error {
		o.Doc["update_time"] = moment(c.Now)
		p.settle(o, c.Account)
		return nil
	},
}

func (p *Products) transfer(c *Call, o *memory.Object) *refuse.Error {
	if amount := c.int("transfer_amount"); amount < 1 {
		return refuse.Param("body", "/transfer_amount", amount, "a transfer is of one fen at least",
			"转账金额须大于0")
	}
	if refused := notifiable(c.text("notify_url")); refused != nil {
		return refused
	}
	p.accept(c, o)
	p.settle(o, c.Account)
	return nil
}

// awaitUser ends the acceptance: the transfer waits for its user.
func (p *Products) awaitUser(o *memory.Object, _ *keys.Account) {
	o.Move(p.Now(), "WAIT_USER_CONFIRM", "accepted", 0)
	p.show(o)
}

func (p *Products) accept(c *Call, o *memory.Object) {
	id := p.unique("1330", o, 28)
	o.IDs["transfer_bill_no"], o.State, o.Expires = id, "ACCEPTED", c.Now.Add(confirmLife)
	o.Doc["transfer_bill_no"], o.Doc["mch_id"], o.Doc["package_info"] = id, c.Owner,
		"affffddafdfafddffda=="+id
	o.Doc["create_time"], o.Doc["update_time"] = moment(c.Now), moment(c.Now)
	p.show(o)
}

func (p *Products) inventTransfer(c *Call, o *memory.Object) {
	given := o.IDs["transfer_bill_no"]
	p.accept(c, o)
	o.State = "WAIT_USER_CONFIRM"
	if given != "" {
		o.IDs["transfer_bill_no"], o.Doc["transfer_bill_no"] = given, given
	}
	if o.IDs["out_bill_no"] == "" {
		o.Doc["out_bill_no"] = p.unique("T", o, 28)
	}
	o.Doc["appid"], o.Doc["transfer_amount"], o.Doc["transfer_remark"] = c.Account.AppID,
		integer(100), "转账"
}

// confirmTransfer confirms a transfer for its user.
func (p *Products) confirmTransfer(o *memory.Object, a *keys.Account) {
	o.State, o.Expires = "TRANSFERING", time.Time{}
	p.show(o)
	p.settle(o, a)
}

func endsTransfer(state string) func(*Products, *memory.Object, *keys.Account) {
	return func(p *Products, o *memory.Object, a *keys.Account) { p.endTransfer(o, a, state) }
}

func (p *Products) endTransfer(o *memory.Object, a *keys.Account, state string) {
	o.Expires = time.Time{}
	o.Doc["update_time"] = moment(p.Now())
	o.Move(p.Now(), state, "transfer ends", 0)
	p.show(o)
	p.tell(o, "MCHTRANSFER.BILL.FINISHED", a, o.Doc)
}

func failTransfer(reason string) func(*Products, *memory.Object, *keys.Account) {
	return func(p *Products, o *memory.Object, a *keys.Account) {
		o.Doc["fail_reason"] = reason
		p.endTransfer(o, a, "FAIL")
	}
}

var batching = &making{
	kind: "batch", key: "out_batch_no", build: (*Products).batch,
	differ: refusal{400, "ALREADY_EXISTS", refuse.NumberOtherOrder, "商家批次单号已存在，且请求参数与之前不一致"},
}

var noBatch = refusal{404, "NOT_FOUND", refuse.NumberNoOrder, "转账批次单不存在"}

var queryingBatch = &moving{
	kind: "batch", find: []string{"out_batch_no", "batch_id"}, absent: noBatch,
	given: (*Products).batchFields, invent: (*Products).inventBatch,
}

// batch accepts transfers to many, whose sum must be the given total.
func (p *Products) batch(c *Call, o *memory.Object) *refuse.Error {
	list, _ := o.Doc["transfer_detail_list"].([]any)
	sum, numbers := int64(0), map[string]bool{}
	for i, item := range list {
		d, _ := item.(map[string]any)
		number := text(d, "out_detail_no")
		if numbers[number] {
			return refuse.Param("body", "/transfer_detail_list/"+strconv.Itoa(i)+"/out_detail_no",
				number, "the number is used twice", "商家明细单号“%s”重复", number)
		}
		amount := memory.Int(d["transfer_amount"])
		if amount < 1 {
			field := "/transfer_detail_list/" + strconv.Itoa(i) + "/transfer_amount"
			return refuse.Param("body", field, amount, "a transfer is of one fen at least",
				"转账金额须大于0")
		}
		numbers[number] = true
		sum = plus(sum, amount)
	}
	if total := c.int("total_amount"); total != sum && !c.Invent {
		return refuse.Param("body", "/total_amount", total, "the details sum up to "+
			strconv.FormatInt(sum, 10), "转账总金额与明细金额之和不一致")
	}
	if n := c.int("total_num"); n != int64(len(list)) && !c.Invent {
		return refuse.Param("body", "/total_num", n, "there are "+strconv.Itoa(len(list))+
			" details", "转账总笔数与明细数不一致")
	}
	p.openBatch(c, o, list)
	return nil
}

func (p *Products) openBatch(c *Call, o *memory.Object, list []any) {
	id := p.unique("1030", o, 28)
	o.IDs["batch_id"], o.State, o.Doc["batch_id"] = id, "ACCEPTED", id
	o.Doc["mchid"], o.Doc["batch_type"], o.Doc["create_time"], o.Doc["update_time"] = c.Owner,
		"API", moment(c.Now), moment(c.Now)
	for i, item := range list {
		d, _ := item.(map[string]any)
		d["detail_id"], d["detail_status"] = id[:24]+"D"+strconv.Itoa(i), "PROCESSING"
		d["initiate_time"], d["update_time"] = moment(c.Now), moment(c.Now)
	}
	p.show(o)
	p.settle(o, c.Account)
}

func (p *Products) endBatch(o *memory.Object, a *keys.Account) {
	list, _ := o.Doc["transfer_detail_list"].([]any)
	for _, item := range list {
		d, _ := item.(map[string]any)
		d["detail_status"], d["update_time"] = "SUCCESS", moment(p.Now())
	}
	o.Doc["success_amount"], o.Doc["success_num"] = o.Doc["total_amount"], o.Doc["total_num"]
	o.Doc["fail_amount"], o.Doc["fail_num"], o.Doc["update_time"] = integer(0), integer(0),
		moment(p.Now())
	o.Move(p.Now(), "FINISHED", "batch ends", 0)
	p.show(o)
	p.tell(o, "MCHTRANSFER.BATCH.FINISHED", a, o.Doc)
}

func (p *Products) inventBatch(c *Call, o *memory.Object) {
	if o.IDs["out_batch_no"] == "" {
		o.Doc["out_batch_no"] = p.unique("T", o, 28)
	}
	was := o.IDs["batch_id"]
	detail := map[string]any{"out_detail_no": p.unique("D", o, 28), "transfer_amount": integer(100),
		"transfer_remark": "转账", "openid": "oTestPayer0000000000000000AA"}
	o.Doc["total_amount"], o.Doc["total_num"], o.Doc["appid"] = integer(100), integer(1),
		c.Account.AppID
	o.Doc["batch_name"], o.Doc["batch_remark"], o.Doc["transfer_detail_list"] = "转账", "转账",
		[]any{detail}
	p.openBatch(c, o, []any{detail})
	if was != "" {
		o.IDs["batch_id"], o.Doc["batch_id"] = was, was
	}
	for _, name := range []string{"detail_id", "out_detail_no"} {
		if v := c.Args[name]; v != "" {
			detail[name] = v
		}
	}
}

// batchFields are a batch and, if the call asks for it, a page of its details.
func (p *Products) batchFields(c *Call, o *memory.Object) map[string]any {
	given := map[string]any{"transfer_batch": o.Doc}
	if c.Query["need_query_detail"] != "true" {
		return given
	}
	all, _ := o.Doc["transfer_detail_list"].([]any)
	list := []any{}
	for _, item := range all {
		d, _ := item.(map[string]any)
		if want := c.Query["detail_status"]; want == "" || want == "ALL" ||
			want == text(d, "detail_status") {
			list = append(list, d)
		}
	}
	offset, _ := strconv.Atoi(c.Query["offset"]) // offset 0 is the first
	limit, err := strconv.Atoi(c.Query["limit"])
	if err != nil || limit < 1 {
		limit = 20
	}
	from := min(max(offset, 0), len(list))
	given["transfer_detail_list"] = list[from:min(from+limit, len(list))]
	given["offset"], given["limit"] = integer(int64(offset)), integer(int64(limit))
	return given
}

// detailOf answers for one transfer of a batch.
func (p *Products) detailOf(c *Call) *Answer {
	o := p.seek(queryingBatch, c)
	if o == nil {
		return &Answer{Refusal: noBatch.error()}
	}
	list, _ := o.Doc["transfer_detail_list"].([]any)
	for _, item := range list {
		d, _ := item.(map[string]any)
		if v := c.Args["detail_id"]; v != "" && v != text(d, "detail_id") {
			continue
		}
		if v := c.Args["out_detail_no"]; v != "" && v != text(d, "out_detail_no") {
			continue
		}
		given, _ := memory.Clone(o.Doc).(map[string]any)
		for name, v := range d {
			given[name] = v
		}
		return &Answer{Object: o, Given: given, Sparse: true}
	}
	return &Answer{Refusal: refusal{404, "NOT_FOUND", refuse.NumberNoOrder, "转账明细单不存在"}.error(),
		Object: o}
}
