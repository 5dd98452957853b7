#!/bin/bash
# One Ceph cluster on loopback: monitor, one storage daemon in memory, S3 gateway; no systemd, no
# authentication between its parts. Usage: ceph.sh FOLDER S3-PORT MONITOR-PORT ROOT, where ROOT holds
# unpacked packages (empty when they are installed). Ends its daemons when it is ended.
set -u
D=$1 PORT=$2 MON=$3 R=$4
L=$(dirname "$(find "$R/usr/lib" -maxdepth 3 -name libceph-common.so.2 -printf '%h\n' -quit)")
OSD_LOW=$5 OSD_HIGH=$(($5 + 19))
if [ -n "$R" ]; then
  export LD_LIBRARY_PATH=$L:$L/ceph:$R/lib/$(basename "$L") PYTHONPATH=$R/usr/lib/python3/dist-packages PATH=$R/usr/bin:$PATH
fi
# The system's own interpreter is the one that the packages' modules were built for.
export PATH=/usr/bin:$PATH
mkdir -p "$D"/{mon,osd,run,rgw}
F=$(cat /proc/sys/kernel/random/uuid)
cat > "$D/ceph.conf" <<C
[global]
fsid = $F
mon_host = [v2:127.0.0.1:$MON/0]
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
ms_mon_client_mode = crc
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_warn_on_pool_no_redundancy = false
osd_pool_default_pg_num = 1
osd_pool_default_pgp_num = 1
mon_max_pg_per_osd = 1000
public_addr = 127.0.0.1
cluster_addr = 127.0.0.1
ms_bind_msgr1 = false
ms_bind_port_min = $OSD_LOW
ms_bind_port_max = $OSD_HIGH
run_dir = $D/run
admin_socket = $D/run/\$name.asok
log_file =
erasure_code_dir = $L/ceph/erasure-code
plugin_dir = $L/ceph
osd_class_dir = $L/rados-classes
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_data = $D/osd
mon_data = $D/mon
keyring = $D/keyring
mon_data_avail_crit = 1
mon_data_avail_warn = 2
crash_dir = $D/run
[client.rgw]
rgw_frontends = beast endpoint=127.0.0.1:$PORT
rgw_data = $D/rgw
rgw_enable_usage_log = false
rgw_thread_pool_size = 32
rgw_dns_name = localhost
C
daemon() { setpriv --pdeathsig KILL -- "$@" & DAEMONS="$DAEMONS $!"; }
DAEMONS=
trap 'kill -9 $DAEMONS 2>/dev/null; exit 0' TERM INT EXIT
C="-c $D/ceph.conf"
printf '[mon.]\n\tkey = AQAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAA==\n\tcaps mon = "allow *"\n' > "$D/keyring"
monmaptool $C --create --clobber --fsid "$F" --addv a "[v2:127.0.0.1:$MON]" "$D/monmap" > /dev/null || exit 1
ceph-mon $C --mkfs -i a --monmap "$D/monmap" || exit 2
daemon ceph-mon $C -i a -f
U=$(cat /proc/sys/kernel/random/uuid)
timeout 60 ceph $C osd new "$U" > /dev/null || exit 3
ceph-osd $C -i 0 --mkfs --osd-uuid "$U" > /dev/null || exit 4
daemon ceph-osd $C -i 0 -f
timeout 60 ceph $C osd crush add osd.0 1.0 root=default host=h > /dev/null || exit 5
timeout 120 radosgw-admin $C -n client.rgw user create --uid=admin --display-name=admin --access-key=testadmin --secret-key=testadmin123 > /dev/null || exit 6
daemon radosgw $C -n client.rgw -f
wait
