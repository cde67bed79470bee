"""Publishes one message with Paho and ends with 0 once it is acknowledged: port, protocol (4 or 5), QoS, topic."""
import sys

import paho.mqtt.client as mqtt

port, protocol, qos, topic, payload = sys.argv[1:]
newer = (mqtt.CallbackAPIVersion.VERSION2,) if hasattr(mqtt, "CallbackAPIVersion") else ()
client = mqtt.Client(*newer, client_id="paho", protocol=int(protocol))
client.username_pw_set("smoke-1", "secret")
client.connect("127.0.0.1", int(port))
client.loop_start()
message = client.publish(topic, payload, int(qos))
message.wait_for_publish(20)
client.disconnect()
client.loop_stop()
sys.exit(0 if message.is_published() else 1)
