package wxpay_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/url"
	"time"

	"github.com/wxgen/wxgen/wxpay"
)

func ExampleNew() {
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	pub, err := wxpay.LoadPublicKey("pub_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	client, err := wxpay.New(wxpay.Config{
		MchID: "1900000001", SerialNo: "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", PrivateKey: key,
		APIv3Key:     "0123456789abcdefghijklmnopqrstuv",
		PlatformKeys: wxpay.PlatformKeys{"PUB_KEY_ID_0119000000012024010100000000": pub},
	},
		wxpay.WithObserver(wxpay.NewSlogObserver(slog.Default())),
		wxpay.WithRetry(wxpay.RetryPolicy{MaxAttempts: 4, MinDelay: 100 * time.Millisecond}),
		wxpay.WithConcurrency(64),
	)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(client.MchID())
}

// Downloaded certificates, for merchants without public keys.
func ExampleWithCertificates() {
	key, err := wxpay.LoadPrivateKey("apiclient_key.pem")
	if err != nil {
		log.Fatal(err)
	}
	client, err := wxpay.New(wxpay.Config{
		MchID: "1900000001", SerialNo: "5157F09EFDC096DE15EBE81A47057A7232F1B8E1", PrivateKey: key,
		APIv3Key: "0123456789abcdefghijklmnopqrstuv",
	}, wxpay.WithCertificates())
	if err != nil {
		log.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if err := client.Certificates().Refresh(ctx); err != nil { // once, before anything is sealed
		log.Fatal(err)
	}
	go client.Certificates().Run(ctx) // and every 12 hours, if wanted
}

func ExampleClient_Chain() {
	var client *wxpay.Client // from wxpay.New
	var order struct {
		TradeState string `json:"trade_state"`
	}
	err := client.Chain("v3/pay/transactions/out-trade-no/{out_trade_no}",
		"1217752501201407033233368018").
		Get(context.Background(), url.Values{"mchid": {"1900000001"}}, &order)
	if err != nil {
		log.Fatal(err)
	}
}

func ExampleError() {
	var err error // of a call
	var reply *wxpay.Error
	switch {
	case errors.Is(err, wxpay.ErrOutcomeUnknown):
		fmt.Println("it may have happened: query it")
	case errors.Is(err, wxpay.ErrNotFound):
		fmt.Println("no such order")
	case errors.Is(err, wxpay.ErrRateLimited):
		fmt.Println("later")
	case errors.As(err, &reply):
		fmt.Println(reply.Code, reply.Detail.Field, reply.RequestID)
	}
}

// A key of the platform is replaced while calls are running.
func ExampleKeyRing() {
	var client *wxpay.Client // from wxpay.New
	next, err := wxpay.LoadPublicKey("pub_key_2.pem")
	if err != nil {
		log.Fatal(err)
	}
	const serial = "PUB_KEY_ID_0119000000012025010100000000"
	if err := client.Keys().Add(serial, next); err != nil { // both verify from here on
		log.Fatal(err)
	}
	if err := client.Keys().Prefer(serial); err != nil { // and the new one seals
		log.Fatal(err)
	}
	// once the platform signs with the new key
	client.Keys().Remove("PUB_KEY_ID_0119000000012024010100000000")
}
