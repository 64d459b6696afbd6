import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.exception.ServiceException;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RSAPublicKeyNotificationConfig;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.service.billdownload.BillDownloadServiceExtension;
import com.wechat.pay.java.service.billdownload.DigestBillEntity;
import com.wechat.pay.java.service.billdownload.model.GetTradeBillRequest;
import com.wechat.pay.java.service.file.FileUploadService;
import com.wechat.pay.java.service.payments.model.Transaction;
import com.wechat.pay.java.service.payments.nativepay.NativePayService;
import com.wechat.pay.java.service.payments.nativepay.model.Amount;
import com.wechat.pay.java.service.payments.nativepay.model.CloseOrderRequest;
import com.wechat.pay.java.service.payments.nativepay.model.PrepayRequest;
import com.wechat.pay.java.service.payments.nativepay.model.QueryOrderByOutTradeNoRequest;
import com.wechat.pay.java.service.payrollcard.PayrollCardService;
import com.wechat.pay.java.service.payrollcard.model.CreateTokenRequest;
import com.wechat.pay.java.service.payrollcard.model.EmploymentType;
import com.wechat.pay.java.service.refund.RefundService;
import com.wechat.pay.java.service.refund.model.AmountReq;
import com.wechat.pay.java.service.refund.model.CreateRequest;
import com.wechat.pay.java.service.refund.model.QueryByOutRefundNoRequest;
import com.wechat.pay.java.service.refund.model.Refund;
import com.wechat.pay.java.service.refund.model.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Makes real calls with wechatpay-java. It asks the test, line by line, for what people do. */
public final class Calls {
  private static final BufferedReader answers = new BufferedReader(new InputStreamReader(System.in));
  private static final BlockingQueue<String> notified = new LinkedBlockingQueue<>();
  private static final String mchid = System.getenv("MCHID");
  private static RSAPublicKeyConfig config;
  private static HttpClient client;

  public static void main(String[] args) throws Exception {
    config = new RSAPublicKeyConfig.Builder()
        .merchantId(mchid).merchantSerialNumber(System.getenv("SERIAL"))
        .privateKeyFromPath(System.getenv("KEY")).publicKeyFromPath(System.getenv("PUB"))
        .publicKeyId(System.getenv("PUBID")).apiV3Key(System.getenv("V3KEY")).build();
    okhttp3.HttpUrl url = okhttp3.HttpUrl.parse(System.getenv("URL"));
    okhttp3.OkHttpClient there = new okhttp3.OkHttpClient.Builder().addInterceptor(chain ->
        chain.proceed(chain.request().newBuilder().url(chain.request().url().newBuilder()
            .scheme("http").host(url.host()).port(url.port()).build()).build())).build();
    client = new DefaultHttpClientBuilder().config(config).okHttpClient(there).build();
    HttpServer receiver = receive();
    try {
      orders("http://127.0.0.1:" + receiver.getAddress().getPort() + "/notify");
      refund();
      sealed();
      upload();
      bill();
    } finally {
      receiver.stop(0);
    }
    System.exit(0); // the pool of connections has threads of its own
  }

  private static void must(boolean ok, String what) {
    if (!ok) throw new IllegalStateException(what);
  }

  /** Has the test do something, as a person would. */
  private static void ask(String what) throws IOException {
    System.out.println(what);
    must("done".equals(answers.readLine()), what);
  }

  private static HttpServer receive() throws IOException {
    NotificationParser parser = new NotificationParser(new RSAPublicKeyNotificationConfig.Builder()
        .publicKeyFromPath(System.getenv("PUB")).publicKeyId(System.getenv("PUBID"))
        .apiV3Key(System.getenv("V3KEY")).build());
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/notify", exchange -> {
      int status = 204;
      try {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        com.sun.net.httpserver.Headers sent = exchange.getRequestHeaders();
        RequestParam request = new RequestParam.Builder()
            .serialNumber(sent.getFirst("Wechatpay-Serial")).nonce(sent.getFirst("Wechatpay-Nonce"))
            .signature(sent.getFirst("Wechatpay-Signature")).body(body)
            .timestamp(sent.getFirst("Wechatpay-Timestamp")).build();
        notified.add(parser.parse(request, Transaction.class).getTransactionId());
      } catch (RuntimeException e) {
        notified.add(e.toString());
        status = 401;
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    server.start();
    return server;
  }

  private static void orders(String notifyUrl) throws Exception {
    NativePayService service = new NativePayService.Builder().httpClient(client).build();
    PrepayRequest order = new PrepayRequest();
    order.setAppid("wx8888888888888888");
    order.setMchid(mchid);
    order.setDescription("测试");
    order.setOutTradeNo("J0000001");
    order.setNotifyUrl(notifyUrl);
    order.setAmount(new Amount());
    order.getAmount().setTotal(100);
    must(service.prepay(order).getCodeUrl().startsWith("weixin://"), "code_url");
    QueryOrderByOutTradeNoRequest which = new QueryOrderByOutTradeNoRequest();
    which.setMchid(mchid);
    which.setOutTradeNo("J0000001");
    Transaction unpaid = service.queryOrderByOutTradeNo(which);
    must(unpaid.getTradeState() == Transaction.TradeStateEnum.NOTPAY, "state " + unpaid);
    ask("pay J0000001");
    Transaction paid = service.queryOrderByOutTradeNo(which);
    must(paid.getTradeState() == Transaction.TradeStateEnum.SUCCESS, "state " + paid);
    must(paid.getAmount().getTotal() == 100, "amount " + paid);
    String told = notified.poll(10, TimeUnit.SECONDS);
    must(paid.getTransactionId().equals(told), "notified of " + told);

    CloseOrderRequest close = new CloseOrderRequest();
    close.setMchid(mchid);
    close.setOutTradeNo("J0000001");
    try {
      service.closeOrder(close);
      must(false, "a paid order is closed");
    } catch (ServiceException e) {
      must("ORDER_PAID".equals(e.getErrorCode()), e.getMessage());
    }
    order.setOutTradeNo("J0000002");
    service.prepay(order);
    close.setOutTradeNo("J0000002");
    service.closeOrder(close);
    which.setOutTradeNo("J0000002");
    Transaction closed = service.queryOrderByOutTradeNo(which);
    must(closed.getTradeState() == Transaction.TradeStateEnum.CLOSED, "state " + closed);
  }

  private static void refund() throws Exception {
    RefundService service = new RefundService.Builder().httpClient(client).build();
    CreateRequest request = new CreateRequest();
    request.setOutTradeNo("J0000001");
    request.setOutRefundNo("JR1");
    request.setAmount(new AmountReq());
    request.getAmount().setRefund(30L);
    request.getAmount().setTotal(100L);
    request.getAmount().setCurrency("CNY");
    must(service.create(request).getStatus() == Status.PROCESSING, "a refund is begun");
    ask("advance 1s");
    QueryByOutRefundNoRequest which = new QueryByOutRefundNoRequest();
    which.setOutRefundNo("JR1");
    Refund refund = service.queryByOutRefundNo(which);
    must(refund.getStatus() == Status.SUCCESS, "refund " + refund);
    must(refund.getAmount().getRefund() == 30, "refund " + refund);
  }

  /** The SDK seals the name and the number by itself. */
  private static void sealed() {
    PayrollCardService service = new PayrollCardService.Builder()
        .httpClient(client).encryptor(config.createEncryptor()).build();
    CreateTokenRequest request = new CreateTokenRequest();
    request.setOpenid("o-1");
    request.setSubMchid("1900000109");
    request.setUserName("张三");
    request.setIdCardNumber("11010119900307763X");
    request.setEmploymentType(EmploymentType.LONG_TERM_EMPLOYMENT);
    must(!service.createToken(request).getToken().isEmpty(), "token");
  }

  private static void upload() throws Exception {
    byte[] image = {(byte) 0x89, 'P', 'N', 'G'};
    StringBuilder digest = new StringBuilder();
    for (byte b : MessageDigest.getInstance("SHA-256").digest(image)) {
      digest.append(String.format("%02x", b));
    }
    String meta = "{\"filename\":\"a.png\",\"sha256\":\"" + digest + "\"}";
    FileUploadService service = new FileUploadService.Builder().httpClient(client).build();
    String path = "https://api.mch.weixin.qq.com/v3/merchant/media/upload";
    must(!service.uploadImage(path, meta, "a.png", image).getMediaId().isEmpty(), "media_id");
  }

  private static void bill() throws Exception {
    ask("advance 48h");
    BillDownloadServiceExtension service = new BillDownloadServiceExtension.Builder()
        .httpClient(client).decryptor(config.createDecryptor()).build();
    GetTradeBillRequest request = new GetTradeBillRequest();
    request.setBillDate(System.getenv("DAY"));
    DigestBillEntity bill = service.getTradeBill(request);
    String text = new String(bill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    must(bill.verifyHash(), "the digest of the bill");
    must(text.contains("`J0000001,"), "bill " + text);
  }
}
