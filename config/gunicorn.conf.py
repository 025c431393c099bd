"""gunicorn, as `pix-lti serve` runs it; bind, workers and threads come from the settings."""

timeout = 60  # seconds without a sign of life before a process is replaced
graceful_timeout = 30
keepalive = 5
max_requests = 20000  # a process is renewed now and then
max_requests_jitter = 2000
accesslog = None  # addresses may carry tickets: they are never logged
limit_request_line = 8190
forwarded_allow_ips = ""  # nobody is believed here; PIX_LTI_TRUSTED_PROXIES decides who is
control_socket_disable = True
